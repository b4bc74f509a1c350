/** What a page loads before its first program of the machine. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brotliCompressSync } from 'node:zlib'
import { buildMachine } from '../../machine/build.ts'
import { sourcesOf, twin } from '../../machine/programs.ts'
import { ROOT } from '../../scripts/build.ts'

const size = (text: string) => brotliCompressSync(text).length

test('the machine and a twin program are 200 kB at most, compressed', async () => {
  const whole = { 'labs/qt-network/index.ts': await twin(ROOT) }
  const machine = size(await buildMachine())
  const program = size(JSON.stringify(sourcesOf('labs/udp/recepteur.ts', ROOT, whole)))
  assert.ok(machine + program < 200_000, `machine ${machine} bytes, program ${program} bytes`)
  assert.ok(machine > 50_000 && program > 1000, 'something is missing')
})
