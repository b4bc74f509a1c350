/**
 * `npm run bench:machine`: the programs of the labs in a page (Chromium), on the virtual network, beside the same ones
 * run by Node on the real network: first line, throughput of TCP, thirty clients, memory of a program.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../scripts/build.ts'
import { browserPage } from '../tests/machine/in-browser.ts'
import { residentMemory } from './memory.ts'
import { atLeast, atMost, median, milliseconds, type Row, table } from './report.ts'

const ROUNDS = 11
const CLIENTS = 30
const LIMITS = { firstLine: 1.2, throughput: 50, clients: 3000 }

const RECEIVER = 'labs/udp/recepteur.ts'

/** Says how many millions of bytes it received in one second. */
const SINK = `import { createServer } from 'node:net'
let total = 0, began = 0
const server = createServer((socket) => {
  socket.on('data', (bytes) => { began ||= performance.now(); total += bytes.length })
  socket.on('end', () => {
    console.log('débit : ' + (total / 1000 / (performance.now() - began)).toFixed(1))
    process.exit()
  })
}).listen(0, '127.0.0.1', () => console.log('port : ' + server.address().port))`

/** Sends 64 MiB to the port of its last word. */
const SOURCE = `import { connect } from 'node:net'
const socket = connect(Number(process.argv.at(-1)), '127.0.0.1')
const block = Buffer.alloc(65536, 120)
let left = 1024
const go = () => { while (left > 0) { left--; if (!socket.write(block)) { socket.once('drain', go); return } } socket.end() }
socket.on('connect', go)`

const SERVER = `import { createServer } from 'node:net'
let count = 0
const server = createServer(() => console.log('clients : ' + ++count))
  .listen(0, '127.0.0.1', () => console.log('port : ' + server.address().port))`

const CLIENT = `import { connect } from 'node:net'
connect(Number(process.argv.at(-1)), '127.0.0.1')`

const folder = mkdtempSync(join(tmpdir(), 'bench-'))
const children: ChildProcess[] = []

/** A program of Node on the real network; waiting for what it prints fails once it is over. */
function real(file: string, ...args: string[]) {
  const flags = ['--disable-warning=ExperimentalWarning']
  const child = spawn(process.execPath, [...flags, file, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  let output = ''
  let isOver = false
  child.on('close', () => {
    isOver = true
    child.emit('printed')
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      child.emit('printed')
    })
  }
  const until = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const match = pattern.exec(output)
      if (match) return match[1] ?? ''
      if (isOver) throw new Error(`${file} ended before ${pattern}: ${output}`)
      await once(child, 'printed')
    }
  }
  return { child, until }
}

function file(name: string, text: string): string {
  const path = join(folder, `${name}.mjs`)
  writeFileSync(path, text)
  return path
}

const FILES = {
  sink: file('sink', SINK),
  source: file('source', SOURCE),
  server: file('server', SERVER),
  client: file('client', CLIENT),
}

async function realFirstLine(): Promise<number> {
  const began = performance.now()
  const { child, until } = real(join(ROOT, RECEIVER), '--port=0')
  await until(/(\n)/)
  const time = performance.now() - began
  child.kill()
  return time
}

async function realThroughput(): Promise<number> {
  const sink = real(FILES.sink)
  real(FILES.source, await sink.until(/port : (\d+)/))
  return Number(await sink.until(/débit : ([\d.]+)/))
}

async function realClients(): Promise<{ time: number; memory: number }> {
  const server = real(FILES.server)
  const port = await server.until(/port : (\d+)/)
  const began = performance.now()
  const clients = Array.from({ length: CLIENTS }, () => real(FILES.client, port))
  await server.until(new RegExp(`clients : (${CLIENTS})`))
  const time = performance.now() - began
  const sizes = clients.map(({ child }) => residentMemory(child.pid!) ?? 0)
  for (const { child } of [server, ...clients]) child.kill()
  return { time, memory: median(sizes) }
}

/** Memory of a process and of those that it started, each shared page counted once, in MiB. */
function proportionalMemory(root: number): number {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/status`, 'utf8')
        return [[Number(name), Number(/PPid:\s+(\d+)/.exec(status)![1])] as const]
      } catch {
        return []
      }
    })
  const tree = new Set([root])
  for (let size = 0; size !== tree.size; ) {
    size = tree.size
    for (const [pid, parent] of parents) if (tree.has(parent)) tree.add(pid)
  }
  const sizes = [...tree].map((pid) => {
    try {
      return Number(/Pss:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))![1]) / 1024
    } catch {
      return 0
    }
  })
  return sizes.reduce((sum, size) => sum + size, 0)
}

const { page, missing } = await browserPage('chromium')
if (!page) throw new Error(missing)
try {
  const lines = { page: [] as number[], real: [] as number[] }
  for (let round = -2; round < ROUNDS; round += 1) {
    const took = await page.run(async ({ lab }, path) => {
      const began = performance.now()
      const program = await lab(path, ['--port=0'])
      await program.until(/\n/)
      const time = performance.now() - began
      program.stop()
      await program.end()
      return time
    }, RECEIVER)
    const bare = await realFirstLine()
    if (round < 0) continue
    lines.page.push(took)
    lines.real.push(bare)
  }

  const throughput = await page.run(
    async ({ Program }, sink, source) => {
      const server = new Program(sink)
      const [, port] = await server.until(/port : (\d+)/)
      new Program(source, { argv: [port!] })
      return Number((await server.until(/débit : ([\d.]+)/))[1])
    },
    SINK,
    SOURCE,
  )
  const realRate = await realThroughput()

  const empty = proportionalMemory(page.pid)
  const connected = await page.run(
    async ({ Program }, server, client, count) => {
      const one = new Program(server)
      const [, port] = await one.until(/port : (\d+)/)
      const began = performance.now()
      const all = Array.from({ length: count }, () => new Program(client, { argv: [port!] }))
      await one.until(new RegExp(`clients : ${count}`))
      Object.assign(globalThis, { all: [one, ...all] })
      return performance.now() - began
    },
    SERVER,
    CLIENT,
    CLIENTS,
  )
  const memory = (proportionalMemory(page.pid) - empty) / (CLIENTS + 1)
  const realSide = await realClients()

  const rows: Row[] = [
    {
      what: 'première ligne du jumeau, ms (p50 / p95)',
      ours: milliseconds(lines.page),
      peers: { 'Node réel': milliseconds(lines.real) },
      verdict: atMost(median(lines.page), median(lines.real), 'Node réel', LIMITS.firstLine),
    },
    {
      what: 'débit TCP, Mo/s',
      ours: throughput.toFixed(0),
      peers: { 'Node réel': realRate.toFixed(0) },
      verdict: atLeast(throughput, LIMITS.throughput, `${LIMITS.throughput} Mo/s`, 1),
    },
    {
      what: `${CLIENTS} clients connectés, ms`,
      ours: connected.toFixed(0),
      peers: { 'Node réel': realSide.time.toFixed(0) },
      verdict: atMost(connected, LIMITS.clients, `${LIMITS.clients} ms`, 1),
    },
    {
      what: 'mémoire par programme, Mio',
      ours: memory.toFixed(1),
      peers: { 'Node réel': realSide.memory.toFixed(1) },
    },
  ]
  console.log(`\nCharge de la machine : ${loadavg()[0]!.toFixed(1)}.\n`)
  console.log(table(rows))
  if (rows.some(({ verdict }) => verdict && !verdict.held)) process.exitCode = 1
} finally {
  await page[Symbol.asyncDispose]()
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true })
}
