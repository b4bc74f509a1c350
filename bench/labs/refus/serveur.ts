/**
 * What every terminal of the bench runs: says that it is ready, then obeys the lines it is typed.
 * `flood N` prints N MiB of log lines and FIN; `yes` prints without end until Ctrl+C, then STOP. A datagram that
 * arrives is sent back, and logged, at any time.
 */
import { createSocket } from 'node:dgram'
import { createInterface } from 'node:readline'
import { setImmediate } from 'node:timers/promises'

const LINE = '2026-11-25T10:00:00.000Z info serveur reçu 1 400 octets de 127.0.0.1:53662 en 0,4 ms\n'
/** Bytes written between two turns of the event loop: a signal or a datagram waits no longer than that. */
const BLOCK = LINE.repeat(64)

let flooding = false

async function flood(bytes: number): Promise<void> {
  flooding = true
  for (let left = bytes; left > 0 && flooding; left -= Buffer.byteLength(BLOCK)) {
    process.stdout.write(BLOCK)
    await setImmediate()
  }
}

process.on('SIGINT', () => {
  if (!flooding) process.exit(130)
  flooding = false
  process.stdout.write('\nSTOP\n')
})

createInterface({ input: process.stdin }).on('line', async (line) => {
  const [word, amount] = line.split(' ')
  if (word === 'yes') await flood(Number.POSITIVE_INFINITY)
  if (word === 'flood') {
    await flood(Number(amount) * 1024 * 1024)
    process.stdout.write('\nFIN\n')
  }
})

const udp = createSocket('udp4')
udp.on('message', (bytes, { port }) => {
  process.stdout.write(`datagramme ${bytes}\n`)
  udp.send(bytes, port, '127.0.0.1')
})
udp.bind(0, '127.0.0.1', () => process.stdout.write(`Serveur lancé sur le port : ${udp.address().port}\n`))
