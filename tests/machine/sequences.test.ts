/** What Node's own network does, on real sockets and on the machine, line by line. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { sourcesOf } from '../../machine/programs.ts'
import { ROOT } from '../../scripts/build.ts'
import { MachineInNode } from './in-node.ts'

const PROGRAM = 'tests/machine/sequences.ts'

const machine = await MachineInNode.open()
after(() => machine.close())

function parsed(output: string): Map<string, string[]> {
  const lines = output.split(/\r?\n/).filter(Boolean)
  return new Map(lines.map((line) => JSON.parse(line)).map(([name, ...rest]) => [name, rest]))
}

async function onMachine(): Promise<string> {
  const chunks: Uint8Array[] = []
  await new Promise((resolve) => {
    const running = machine.start(PROGRAM, sourcesOf(PROGRAM, ROOT), [], {
      output(bytes) {
        chunks.push(bytes)
        running.shown(bytes.length)
      },
      lost: () => {},
      event: () => {},
      exit: resolve,
    })
  })
  return Buffer.concat(chunks).toString()
}

const real = parsed(
  (
    await promisify(execFile)(process.execPath, [
      '--disable-warning=ExperimentalWarning',
      join(ROOT, PROGRAM),
    ])
  ).stdout,
)
const played = parsed(await onMachine())

test('as many sequences on both sides', () => {
  assert.ok(real.size > 20)
  assert.deepEqual([...played.keys()], [...real.keys()])
})

for (const [name, lines] of real) {
  test(`${name}: the machine does what the real network does`, () => {
    assert.deepEqual(played.get(name), lines)
  })
}
