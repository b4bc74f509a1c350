/**
 * Sends the load that it is typed to the port of the server: `tcp <MiB>` or `udp <datagrams>`; says how long it took,
 * from the first byte sent to the answer.
 */
import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'

const BLOCK = Buffer.alloc(64 * 1024, 'x')
const DATAGRAM = Buffer.alloc(100, 'x')
/** Datagrams sent before waiting for an answer: few enough for the buffer of the one who receives. */
const WINDOW = 64
/** How long an answer may take before another window leaves, in ms: a machine that does much else loses datagrams. */
const PATIENCE = 1000

const { values } = parseArgs({ options: { port: { type: 'string' } }, strict: false })
const port = Number(values.port)

const LOADS: Record<string, (amount: number, done: () => void) => void> = {
  tcp(amount, done) {
    const socket = connect(port, '127.0.0.1')
    let left = amount * 16
    const send = () => {
      while (left > 0) {
        left -= 1
        if (!socket.write(BLOCK)) return
      }
      socket.end()
    }
    socket.on('connect', send).on('drain', send)
    socket.on('data', done)
  },
  udp(amount, done) {
    const socket = createSocket('udp4')
    let sent = 0
    let again: ReturnType<typeof setTimeout> | undefined
    const send = () => {
      clearTimeout(again)
      again = setTimeout(send, PATIENCE)
      for (let rank = 0; rank < WINDOW; rank += 1) socket.send(DATAGRAM, port, '127.0.0.1')
      sent += WINDOW
    }
    socket.on('message', () => {
      if (sent < amount) return send()
      clearTimeout(again)
      socket.close()
      done()
    })
    send()
  },
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const [kind = '', amount] = line.split(' ')
  const began = performance.now()
  LOADS[kind]?.(Number(amount), () => console.log(`${kind} : ${Math.round(performance.now() - began)} ms`))
})
console.log('Connecté au serveur')
