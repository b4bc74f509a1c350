import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { ATTACKS, attacker } from './attacks.ts'
import { MachineInNode } from './in-node.ts'

const machine = await MachineInNode.open()
after(() => machine.close())

/** Runs a program to its end: its code, and the end of what it printed. */
function run(text: string): Promise<{ code: number; printed: string }> {
  return new Promise((resolve) => {
    let printed = ''
    const running = machine.start('labs/essai.ts', { 'labs/essai.ts': text }, [], {
      output(bytes) {
        printed = (printed + Buffer.from(bytes).toString()).slice(-200)
        running.shown(bytes.length)
      },
      lost: () => {},
      event: () => {},
      exit: (code) => resolve({ code, printed }),
    })
  })
}

for (const attack of ATTACKS) {
  test(`a program that does this is ended alone: ${attack}`, { timeout: 60_000 }, async () => {
    const { code, printed } = await run(attacker(attack))
    assert.equal(code, 137, printed)
    assert.match(printed, /Programme arrêté/)
    const witness = await run(`import { connect, createServer } from 'node:net'
      const server = createServer((socket) => socket.pipe(socket)).listen(0, () => {
        connect(server.address().port, '127.0.0.1')
          .on('data', (bytes) => { console.log(String(bytes)); process.exit() }).write('écho')
      })`)
    assert.deepEqual(witness, { code: 0, printed: 'écho\r\n' })
  })
}
