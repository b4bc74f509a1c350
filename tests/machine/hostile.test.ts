/** Programs that harm, in a real page: it stays usable, and so do the other programs. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { ATTACKS, attacker } from './attacks.ts'
import { browserPage } from './in-browser.ts'

const { page, missing } = await browserPage('chromium')
after(() => page?.[Symbol.asyncDispose]())

const options = { skip: missing, timeout: 120_000 }

test('an endless loop leaves the page and the others alive, and Ctrl+C ends it', options, async () => {
  const seen = await page!.run(async ({ Program, talk }) => {
    const blocked = new Program(`import { createServer } from 'node:net'
      createServer().listen(6001, '127.0.0.1', () => { console.log('boucle'); for (;;); })`)
    await blocked.until(/boucle/)
    const heard = await talk()
    const client = new Program(`import { connect } from 'node:net'
      const c = connect(6001, '127.0.0.1', () => c.write('x', () => console.log('connecté')))
      c.on('error', (e) => console.log(e.code)).on('close', () => process.exit())`)
    await client.until(/connecté/)
    blocked.type('\x03')
    return { heard, code: await blocked.end(), client: await client.end(), text: client.output }
  })
  assert.equal(seen.heard, 'écho')
  assert.equal(seen.code, 130)
  assert.match(seen.text, /connecté\r\nECONNRESET/)
})

test('a handler of SIGINT and an endless loop: « Arrêter » forces', options, async () => {
  const code = await page!.run(async ({ Program }) => {
    const deaf = new Program(`process.on('SIGINT', () => {}).on('SIGTERM', () => {})
      setTimeout(() => { console.log('boucle'); for (;;); }, 10)`)
    await deaf.until(/boucle/)
    deaf.stop()
    return deaf.end()
  })
  assert.equal(code, 137)
})

test('a program that prints without end is slowed, and ends with Ctrl+C', options, async () => {
  const seen = await page!.run(async ({ Program, talk }) => {
    const flood = new Program(`const line = 'x'.repeat(1000); for (;;) console.log(line)`)
    await flood.until(/(x{1000}\s+){2}/)
    const heard = await talk()
    const before = performance.now()
    flood.type('\x03')
    const code = await flood.end()
    return { heard, code, ms: performance.now() - before, bytes: flood.received }
  })
  assert.equal(seen.heard, 'écho')
  assert.equal(seen.code, 130)
})

test(
  'a program whose terminal is not read waits, and loses nothing between its callbacks',
  options,
  async () => {
    const seen = await page!.run(async ({ Program }) => {
      const writer = new Program(
        `let n = 0
      const next = () => { console.log('y'.repeat(999)); if (++n < 3000) setImmediate(next); else console.log('FIN') }
      next()`,
        { deaf: true },
      )
      await writer.until(/y{999}/)
      await new Promise((resolve) => setTimeout(resolve, 500))
      const held = writer.received
      writer.hear()
      const code = await writer.end()
      return { held, code, received: writer.received, lost: writer.lost }
    })
    assert.ok(seen.held < 1_000_000, `${seen.held} bytes came unread`)
    assert.equal(seen.lost, 0)
    assert.ok(seen.received > 3_000_000)
  },
)

for (const attack of ATTACKS) {
  test(`a program that does this is ended alone: ${attack}`, options, async () => {
    const seen = await page!.run(async ({ Program, talk }, text) => {
      const program = new Program(text)
      const code = await program.end()
      return { code, heard: await talk(), output: program.output.slice(-300) }
    }, attacker(attack))
    assert.equal(seen.heard, 'écho')
    assert.equal(seen.code, 137, seen.output)
    assert.match(seen.output, /Programme arrêté/)
  })
}

test('what a program must not have is not there', options, async () => {
  const seen = await page!.run(async ({ Program }) => {
    const program = new Program(`import { spawn } from 'node:child_process'
      import { Worker as Thread } from 'node:worker_threads'
      for (const name of ['fetch', 'XMLHttpRequest', 'WebSocket', 'indexedDB', 'caches', 'Worker', 'importScripts'])
        console.log(name, typeof globalThis[name])
      try { spawn('sh') } catch (error) { console.log(error.message) }
      let made = 0
      try { for (;;) { new Thread(new URL('data:text/javascript,for(;;);')); made++ } } catch (error) { console.log(made, error.message) }
      try { await import(['https:', '', 'example.org', 'x.js'].join('/')) } catch { console.log('pas d’import') }
      process.exit(3)`)
    return { code: await program.end(), output: program.output }
  })
  assert.equal(seen.code, 3, seen.output)
  assert.equal(seen.output.match(/undefined/g)?.length, 7, seen.output)
  assert.match(seen.output, /ne lance pas d’autres programmes/)
  assert.match(seen.output, /4.{0,10} Le réseau simulé limite un programme à 4 fils/)
  assert.match(seen.output, /pas d’import/)
})

test('an error of the learner is told with its file, its line and an arrow', options, async () => {
  const output = await page!.run(async ({ Program }) => {
    const program = new Program(`import { createServer } from 'node:net'
function choisir(x) {
  x.rien.port
}
setTimeout(() => choisir({}), 10)`)
    await program.end()
    return program.output
  })
  assert.match(output, /^\/labs\/essai\.ts:3\r\n {2}x\.rien\.port\r\n +\^\r\n\r\nTypeError: /)
  assert.match(output, /at choisir \(\/labs\/essai\.ts:3:\d+\)/)
  assert.doesNotMatch(output, /blob:/)
})

test(
  'two programs that want one port at the same instant: one of them is told, and ends',
  options,
  async () => {
    const seen = await page!.run(async ({ Program }) => {
      const text = (at: number) => `import { createServer } from 'node:net'
      setTimeout(() => createServer().on('error', (e) => { console.log(e.code); process.exit(1) })
        .listen(6002, '127.0.0.1', () => console.log('écoute')), ${at} - Date.now())`
      const ends: string[] = []
      for (let round = 0; round < 10; round += 1) {
        const at = Date.now() + 400
        const both = [new Program(text(at)), new Program(text(at))]
        const over = await Promise.race(both.map((one) => one.end().then(() => one)))
        const other = both.find((one) => one !== over)!
        await other.until(/écoute/)
        ends.push(`${over.code} ${/EADDRINUSE|déjà pris/.test(over.output)} ${other.code}`)
        other.stop()
        await other.end()
      }
      return ends
    })
    assert.deepEqual([...new Set(seen)], ['1 true null'])
  },
)
