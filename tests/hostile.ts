/** Hostile input for every program of every lab that waits on a port: none may crash, none may print raw escapes. */
import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { connect, type Socket } from 'node:net'
import { describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { Lab, Role, VariantId } from '../labs/lab.ts'
import { Program } from './programs.ts'
import { fixedOptions, programsOf } from './usage.ts'

const ALL_BYTES = Buffer.from(Array.from({ length: 256 }, (_, i) => i))
/** Would clear the screen and rename the window if it reached the terminal as it is. */
const ESCAPES = Buffer.from('\x1b[2J\x1b]0;pris\x07\n')
/** How long a peer may take to hang up, in ms, before it is left alone. */
const HANG_UP = 1500

/** A connection, or null when it is refused. Whatever cuts it later is an answer, not a failure of the test. */
function open(port: number): Promise<Socket | null> {
  const { promise, resolve } = Promise.withResolvers<Socket | null>()
  const socket = connect(port, '127.0.0.1', () => resolve(socket))
  socket.on('error', () => resolve(null)).resume()
  return promise
}

/** Leaves once the other side has hung up, or after a while. */
async function leave(socket: Socket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  socket.on('close', () => resolve())
  if (!socket.destroyed) await Promise.race([promise, delay(HANG_UP)])
  socket.destroy()
}

const TCP: Record<string, (port: number) => Promise<void>> = {
  'every byte from 0 to 255, then escapes': async (port) => {
    const socket = await open(port)
    socket?.write(ALL_BYTES)
    socket?.end(ESCAPES)
    if (socket) await leave(socket)
  },
  'a message one byte at a time, cut inside a character': async (port) => {
    const socket = await open(port)
    socket?.setNoDelay()
    for (const byte of Buffer.from('été €\n')) {
      socket?.write(Buffer.from([byte]))
      await delay(2)
    }
    socket?.end()
    if (socket) await leave(socket)
  },
  '1 MB at once': async (port) => {
    const socket = await open(port)
    socket?.end(Buffer.alloc(1_000_000, 'x'))
    if (socket) await leave(socket)
  },
  'a reset': async (port) => {
    const socket = await open(port)
    socket?.write('bonjour')
    socket?.resetAndDestroy()
  },
  '200 connections': async (port) => {
    const sockets = await Promise.all(Array.from({ length: 200 }, () => open(port)))
    for (const socket of sockets) socket?.destroy()
  },
}

async function sendDatagrams(port: number): Promise<void> {
  const senders = [createSocket('udp4'), createSocket('udp4')]
  for (const bytes of [Buffer.alloc(0), ALL_BYTES, ESCAPES, Buffer.alloc(65_507, 0xff), Buffer.from('été')]) {
    for (const sender of senders) {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      sender.send(bytes, port, '127.0.0.1', (error) => (error ? reject(error) : resolve()))
      await promise
    }
  }
  for (const sender of senders) sender.close()
}

async function attack(id: string, role: Role, variant: VariantId): Promise<void> {
  const program = await Program.start(id, role.program, variant, ['--port=0', ...fixedOptions(role)])
  try {
    const { groups } = await program.until(role.ready!)
    const port = Number(groups!.port)
    const first = await open(port)
    first?.destroy()
    if (first) for (const treat of Object.values(TCP)) await treat(port)
    else await sendDatagrams(port)
    if (first) {
      const last = await open(port)
      assert.ok(last, 'it no longer answers')
      last.end('fin\n')
      await leave(last)
    }
    assert.equal(program.code, null, `it ended:\n${program.output.slice(-2000)}`)
    assert.ok(!program.output.includes('\x1b'), 'an escape sequence reached the terminal')
  } finally {
    await program.stop()
  }
}

export function checkHostileInput(labs: ReadonlyMap<string, Lab>, qt: { skip: false | string }): void {
  describe(`hostile input crashes no program: ${Object.keys(TCP).join(', ')}; datagrams empty, binary, of 65 507 bytes`, () => {
    for (const [id, lab] of labs) {
      for (const role of programsOf(lab)) {
        if (!role.ready?.source.includes('<port>')) continue
        for (const variant of role.variants) {
          const skip = variant === 'qt' ? qt.skip : false
          test(`${id} ${role.program} ${fixedOptions(role).join(' ')} in ${variant}`, { skip }, () =>
            attack(id, role, variant),
          )
        }
      }
    }
  })
}
