/** This machine as the judge uses it: real processes, what the system says of them. Ending it leaves nothing behind. */
import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { constants, networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import type { Bytes, Only } from '../labs/check.ts'
import { openBlackHole } from './black-hole.ts'
import type { Command } from './command.ts'
import type { BlackHole, Echo, Heard, Host, Process, Schedule, TemporaryFile } from './host.ts'
import { held, inodesOf, isLinux, members, residentMemory, schedule, TAG, tagged } from './system.ts'

const LOOPBACK = '127.0.0.1'
const STDBUF = '/usr/bin/stdbuf'
/** What makes a program print at once, and plainly. */
const PLAIN = { NO_COLOR: '1', PYTHONUNBUFFERED: '1', PYTHONIOENCODING: 'utf-8', FORCE_COLOR: undefined }

/** The same words, for a program that keeps what it prints when it prints into a pipe: C does so, Node does not. */
function lineByLine(words: readonly string[]): string[] {
  const isNode = words[0] === process.execPath
  return isNode || !isLinux || !existsSync(STDBUF) ? [...words] : [STDBUF, '-oL', ...words]
}

export class Here implements Host {
  readonly rank = process.pid
  readonly measuresMemory = isLinux
  /** Tags of what this judge starts begin so. */
  readonly tag = `${process.pid}-${Math.random().toString(36).slice(2, 10)}`
  #started = 0
  /** The process of the witness, which ends the programs if the judge no longer can. */
  #witness: ChildProcessByStdio<Writable, Readable, null> | undefined

  shows(only: Only | undefined): boolean {
    if (only === 'linux') return isLinux
    return only !== 'posix' || process.platform !== 'win32'
  }

  start(words: readonly string[], command: Command, heard: Heard): Process {
    const tag = `${this.tag}.${++this.#started}`
    const program = new RealProcess(words, command, tag, heard)
    this.#watch(program.pid, true)
    void program.closed.then(() => this.#watch(program.pid, false))
    return program
  }

  #watch(pid: number, alive: boolean): void {
    this.#witness?.stdin.write(`${alive ? '+' : '-'}${pid}\n`)
  }

  async echo(): Promise<Echo> {
    const file = join(import.meta.dirname, 'witness-echo.mjs')
    const args = [file, `${TAG}=${this.tag}`]
    // Out of the judge's group: a Ctrl+C must not end it before it has cleaned up.
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'], detached: true })
    child.stdin.on('error', () => undefined)
    this.#witness = child
    const [port] = await once(child.stdout, 'data')
    const socket = connect(Number(String(port)), LOOPBACK).setNoDelay(true)
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    const echo: Echo = {
      answered: () => undefined,
      ask: () => socket.write('.'),
      async stop() {
        socket.removeAllListeners('data').destroy()
        const gone = once(child, 'exit')
        child.stdin.end()
        await gone
      },
    }
    socket.on('data', () => echo.answered())
    return echo
  }

  taken(): ReadonlySet<number> {
    return new Set([...held('tcp'), ...held('udp')].map(({ port }) => port))
  }

  members(group: string): number | null {
    return members(group)
  }

  blackHole(): Promise<BlackHole> {
    return openBlackHole()
  }

  async file(content: Bytes | undefined): Promise<TemporaryFile> {
    const folder = mkdtempSync(join(tmpdir(), 'prise-directe-'))
    const path = join(folder, 'fichier.bin')
    if (content !== undefined) await writeFile(path, content)
    return {
      path,
      read: () => readFile(path).catch(() => new Uint8Array()),
      remove: () => rmSync(folder, { recursive: true, force: true }),
    }
  }

  otherAddress(): string {
    if (isLinux) return '127.0.0.2'
    const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
    return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? LOOPBACK
  }
}

class RealProcess implements Process {
  readonly pid: number
  readonly closed: Promise<void>
  readonly #tag: string
  readonly #child: ChildProcess

  constructor(words: readonly string[], { cwd, env }: Command, tag: string, heard: Heard) {
    const [file = '', ...args] = lineByLine(words)
    this.#tag = tag
    this.#child = spawn(file, args, {
      cwd,
      env: { ...env, ...PLAIN, [TAG]: tag },
      // A group of its own: all that it starts ends with it.
      detached: process.platform !== 'win32',
      stdio: 'pipe',
    })
    this.pid = this.#child.pid ?? -1
    const { promise, resolve } = Promise.withResolvers<void>()
    this.closed = promise
    const ended = (code: number | null, signal: NodeJS.Signals | null) => {
      heard.ended(code ?? 128 + constants.signals[signal ?? 'SIGKILL'], signal)
      this.#child.stdout?.destroy()
      this.#child.stderr?.destroy()
      resolve()
    }
    this.#child.stdin?.on('error', () => undefined)
    this.#child.stdout?.on('data', (chunk: Buffer) => heard.output('out', chunk))
    this.#child.stderr?.on('data', (chunk: Buffer) => heard.output('error', chunk))
    this.#child.on('error', () => ended(127, null))
    // A child that keeps the pipes open must not hold the judge: `exit`, not `close`.
    this.#child.on('exit', (code, signal) => setImmediate(() => ended(code, signal)))
  }

  type(text: string): void {
    this.#child.stdin?.write(text)
  }

  eof(): void {
    this.#child.stdin?.end()
  }

  signal(name: 'SIGTERM' | 'SIGINT'): void {
    this.#child.kill(name)
  }

  kill(): void {
    if (this.pid <= 0) return
    try {
      if (process.platform === 'win32') this.#child.kill()
      else process.kill(-this.pid, 'SIGKILL')
    } catch {
      // It has ended already.
    }
  }

  /** Those that left their group still carry its tag. */
  sweep(): void {
    for (const pid of tagged(this.#tag)) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It has ended meanwhile.
      }
    }
  }

  memory(): number | null {
    return residentMemory(this.pid)
  }

  schedule(): Schedule {
    return schedule(this.pid)
  }

  ports(transport: 'tcp' | 'udp', withOthers: boolean): readonly number[] | null {
    if (!isLinux) return null
    const here = held(transport)
    const own = (pids: readonly number[]) => {
      const inodes = inodesOf(pids)
      return here.flatMap(({ inode, port }) => (inodes.has(inode) ? [port] : []))
    }
    const ports = own([this.pid])
    return ports.length === 0 && withOthers ? own(tagged(this.#tag)) : ports
  }
}
