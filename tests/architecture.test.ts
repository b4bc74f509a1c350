import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { relative, sep } from 'node:path'
import { test } from 'node:test'
import { ROOT } from '../scripts/build.ts'
import { filesUnder } from '../scripts/files.ts'
import { breaches } from './rooms.ts'

const ROOMS = [
  'content',
  'labs',
  'judge',
  'runner',
  'machine',
  'site',
  'scripts',
  'tests',
  'bench',
  'astro.config.mjs',
]
const SOURCE = /\.(ts|mjs|astro|mdx)$/

async function sources(): Promise<Map<string, string>> {
  const files = (await filesUnder(ROOT, ROOMS)).filter((path) => SOURCE.test(path))
  const entries = files.map(
    async (path): Promise<[string, string]> => [
      relative(ROOT, path).split(sep).join('/'),
      await readFile(path, 'utf8'),
    ],
  )
  return new Map(await Promise.all(entries))
}

test('no room imports what the table forbids', async () => {
  const all = await sources()
  assert.ok(all.size > 50, 'the rooms were not found')
  assert.deepEqual(breaches(all), [])
})

const PLANTED: [string, string, string][] = [
  [
    'content/chapitre-8/8-1.mdx',
    "import Lab from '../../site/components/Lab.astro'",
    'site/components/Lab.astro',
  ],
  ['labs/udp/recepteur.ts', "import { x } from '../refus/serveur.ts'", 'labs/refus/serveur.ts'],
  ['labs/udp/recepteur.ts', "import ws from 'ws'", 'ws'],
  ['labs/udp/lab.ts', "import fs from 'node:fs'", 'node:fs'],
  ['labs/qt-network/udp.ts', "import { lireOptions } from '#commun/options'", 'labs/commun/options.ts'],
  ['runner/session.ts', "import { texts } from '../site/texts.ts'", 'site/texts.ts'],
  ['labs/refus/verifications/poli.ts', "import net from 'node:net'", 'node:net'],
  ['judge/play.ts', "import { Launcher } from '../runner/programs/launch.ts'", 'runner/programs/launch.ts'],
  ['runner/protocol.ts', "import { x } from './session.ts'", 'runner/session.ts'],
  ['runner/main.ts', "import { Machine } from '../machine/page/machine.ts'", 'machine/page/machine.ts'],
  ['machine/role/host.ts', "import { texts } from '../../site/texts.ts'", 'site/texts.ts'],
  ['machine/kernel/kernel.ts', "import net from 'node:net'", 'node:net'],
  [
    'site/lab/link/machine.ts',
    "import { Kernel } from '../../../machine/kernel/kernel.ts'",
    'machine/kernel/kernel.ts',
  ],
  ['runner/web/server.ts', "const page = await import('../../content/index.ts')", 'content/index.ts'],
  ['site/lab/panel/panel.ts', "export { x } from '../../../runner/session.ts'", 'runner/session.ts'],
  ['site/components/Lab.astro', "---\nimport { x } from '../../runner/server.ts'\n---", 'runner/server.ts'],
]

for (const [file, text, imported] of PLANTED) {
  test(`a breach planted in ${file} is caught: ${imported}`, () => {
    assert.deepEqual(breaches(new Map([[file, text]])), [{ file, imported }])
  })
}

test('what the table allows passes', () => {
  const allowed = new Map([
    ['labs/udp/recepteur.ts', "import { QUdpSocket } from '#qt-network'\nimport net from 'node:net'"],
    ['labs/udp/lab.ts', "import { defineLab } from '../lab.ts'"],
    [
      'runner/programs/labs.ts',
      "const lab = await import('../../labs/udp/lab.ts')\nimport type { Lab } from '../../labs/lab.ts'",
    ],
    [
      'site/lab/panel/panel.ts',
      "import { Frame } from '../../../runner/protocol.ts'\nimport { LitElement } from 'lit'",
    ],
  ])
  assert.deepEqual(breaches(allowed), [])
})
