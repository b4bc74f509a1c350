/** The probe of the C++ programs: real Qt, in the real runner. */
import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { test } from 'node:test'
import { startRunner } from '../main.ts'
import { detectQt } from '../programs/qt.ts'
import { Page } from '../testing.ts'

const skip =
  process.platform === 'linux' && (await detectQt()) ? false : 'la sonde du C++ demande Linux, Qt 6 et CMake'

test('what a flood was grouped into is told when it ends, though nothing else happens', {
  skip,
  timeout: 300_000,
}, async (t) => {
  const runner = await startRunner({ port: 0, siteDir: null })
  t.after(() => runner.close())
  const page = await Page.open(runner)
  t.after(() => page.socket.terminate())
  page.ask({ lab: 'udp', role: 'recepteur', variant: 'qt' }, { port: 0 })
  const { values } = await page.until(() => {
    const state = page.last('state')
    return state?.ready && state
  })
  const sender = createSocket('udp4')
  t.after(() => sender.close())
  const shown = () => page.text.match(/Taille : 4 /g)?.length ?? 0
  // A few at a time: the system throws away what finds no room.
  for (let sent = 0; sent < 600; sent += 50) {
    const before = shown()
    for (let n = 0; n < 50; n += 1) sender.send('salve'.slice(1), Number(values.port), '127.0.0.1')
    await page.until(() => shown() > before)
  }
  const received = () => page.trace.flatMap(({ event }) => (event.kind === 'receive' ? [event] : []))
  const count = () => received().reduce((sum, { times = 1 }) => sum + times, 0)
  await page.until(() => shown() > 400 && count() === shown())
  assert.ok(
    received().some(({ times = 1 }) => times > 10),
    'some were grouped',
  )
  const signals = page.trace.flatMap(({ event }) => (event.kind === 'signal' ? [event] : []))
  assert.ok(signals.length < shown(), 'signals are grouped too')
  assert.ok(received().every(({ bytes, times = 1 }) => bytes === 4 * times))
  assert.equal(page.last('state')?.observed, true)
})
