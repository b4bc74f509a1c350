/** Real programs in real terminals: nothing of what they print is lost, nothing is written where it should not be. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdirSync, readlinkSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises'
import { signalAll } from '../processes/table.ts'
import { type Exit, Pty } from './pty.ts'

const skip = process.platform === 'win32' && 'needs sh'
const linux = process.platform !== 'linux' && 'needs /proc'
/** Longer than node-pty waits, after the end of a program, before it destroys its terminal, in ms. */
const BUSY = 230

const shell = (script: string) =>
  new Pty(
    { file: '/bin/sh', args: ['-c', script], cwd: '/', env: { PATH: process.env.PATH ?? '/usr/bin:/bin' } },
    80,
    24,
  )

function ending(pty: Pty): Promise<{ bytes: number; exit: Exit }> {
  let bytes = 0
  pty.onData((chunk) => {
    bytes += chunk.length
  })
  const { promise, resolve } = Promise.withResolvers<{ bytes: number; exit: Exit }>()
  pty.onExit((exit) => resolve({ bytes, exit }))
  return promise
}

/** Does nothing else for a while, twice, as a runner overwhelmed by its other pages, as soon as a program has ended. */
async function beBusyAtTheEnd(programs: readonly Pty[]): Promise<void> {
  while (programs.every((pty) => pty.alive())) await turn()
  for (let times = 0; times < 2; times += 1) {
    for (const until = performance.now() + BUSY; performance.now() < until; );
    await turn()
  }
}

/** Runs `script` `runs` times, `together` at once; gives how many bytes each printed. */
async function many(script: string, runs: number, together: number, busy = false): Promise<Set<number>> {
  const printed = new Set<number>()
  for (let done = 0; done < runs; done += together) {
    const programs = Array.from({ length: together }, () => shell(script))
    const ended = Promise.all(programs.map(ending))
    if (busy) await beBusyAtTheEnd(programs)
    for (const { bytes } of await ended) printed.add(bytes)
  }
  return printed
}

test('F2: 20 KB printed just before the end arrive whole, 300 times, five at a time', { skip }, async () => {
  assert.deepEqual(await many('head -c 20000 /dev/zero', 300, 5), new Set([20_000]))
})

test('F2: the same in a process that is busy when the programs end', { skip }, async () => {
  assert.deepEqual(await many('head -c 20000 /dev/zero', 50, 5, true), new Set([20_000]))
})

test('F2: 1 MiB printed just before the end arrives whole, 30 times', { skip }, async () => {
  assert.deepEqual(await many('head -c 1048576 /dev/zero', 30, 3), new Set([1_048_576]))
})

test('F3: what was not read when the program ended is read before its end is told', { skip }, async () => {
  const pty = shell('echo begin; head -c 3000 /dev/zero')
  const program = ending(pty)
  pty.pause()
  while (pty.alive()) await delay(10)
  // Past the moment when node-pty gives up.
  await delay(BUSY)
  assert.equal((await program).bytes, 'begin\r\n'.length + 3000)
})

test('a child that keeps the terminal does not keep the end from being told', { skip }, async () => {
  const { bytes, exit } = await ending(shell('trap "" HUP; (while echo x; do sleep 0.01; done) & echo $!'))
  assert.equal(exit.code, 0)
  assert.ok(bytes > 0)
})

/** Terminals that this process holds. */
function terminals(): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).endsWith('/ptmx')
    } catch {
      return false
    }
  }).length
}

test('keys typed to a program that closed its terminal go nowhere else', {
  skip: skip || linux,
}, async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const accepted: Socket[] = []
  server.on('connection', (socket) => accepted.push(socket))
  const pty = shell('trap "" HUP; exec <&- >&- 2>&-; while :; do sleep 1; done')
  const program = ending(pty)
  while (terminals() > 0) await delay(10)
  const clients = Array.from({ length: 8 }, () =>
    connect((server.address() as AddressInfo).port, '127.0.0.1'),
  )
  while (accepted.length < clients.length) await delay(5)
  const heard: string[] = []
  for (const socket of [...clients, ...accepted])
    socket.setEncoding('utf8').on('data', (text: string) => heard.push(text))
  assert.equal(pty.write(Buffer.from('secret')), true)
  pty.resize(100, 30)
  for (const socket of [...clients, ...accepted]) socket.end('.')
  await Promise.all([...clients, ...accepted].map((socket) => once(socket, 'close')))
  server.close()
  assert.equal(heard.join('').replaceAll('.', ''), '')
  // Ctrl+C may already end it.
  pty.interrupt()
  signalAll([{ pid: -pty.pid }], 'SIGKILL')
  await program
})
