import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { appendFile, cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { ROOT } from '../scripts/build.ts'

const NEEDED = [
  'content',
  'labs',
  'machine',
  'runner',
  'scripts',
  'site',
  'astro.config.mjs',
  'package.json',
  'package-lock.json',
]

test('a build that an author breaks says where, what to do, and nothing else', async () => {
  const root = await mkdtemp(join(tmpdir(), 'prise-directe-'))
  try {
    const filter = (path: string) => !path.includes(join('labs', 'build'))
    for (const entry of NEEDED) await cp(join(ROOT, entry), join(root, entry), { recursive: true, filter })
    await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'), 'junction')
    await appendFile(join(root, 'content', 'outils.mdx'), '\n<Figure nom="absente" />\n')
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts', 'build.ts')], {
      cwd: root,
      encoding: 'utf8',
    })
    assert.equal(status, 1)
    const [mistake, next, ...others] = stderr.trimEnd().split('\n')
    assert.match(
      mistake!,
      /^content\/outils\.mdx:\d+ : <Figure> : site\/figures\/absente\.astro n'existe pas\. /,
    )
    assert.match(next!, /^La construction des pages a échoué : corrigez/)
    assert.deepEqual(others, [])
  } finally {
    await rm(root, { recursive: true })
  }
})
