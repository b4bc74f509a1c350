/** A program in a pseudo-terminal: bytes in, bytes out, and its end, without losing a byte of its last words. */
import { writeSync } from 'node:fs'
import { constants } from 'node:os'
import type { ReadStream } from 'node:tty'
import type { IPty } from 'node-pty'
import { signalAll } from '../processes/table.ts'
import { drained } from './drain.ts'
import type { RunningProgram } from './program.ts'

export interface Command {
  file: string
  args: readonly string[]
  cwd: string
  env: Readonly<Record<string, string>>
}

export interface Exit {
  /** As a shell says it: 128 + n for signal n. */
  code: number
  /** Signal name without SIG, or null. */
  signal: string | null
}

/** Most input kept for a program that does not read, in bytes. */
export const PENDING_MAX = 1024 * 1024
/** Bytes given to the kernel at a time, and delay before trying again when it takes none, in ms. */
const PIECE = 4096
const RETRY = 5
const CTRL_C = Buffer.from('\x03')
const SIGNALS = new Map(Object.entries(constants.signals).map(([name, n]) => [n, name.slice(3)]))
const WINDOWS = process.platform === 'win32'

/** Its native part exists for the usual systems only. */
const nodePty = await import('node-pty').catch(() => null)
/** Whether this machine can have pseudo-terminals. */
export const HAS_TERMINALS = nodePty !== null

/** Members of node-pty's Unix terminal that its types leave out. */
interface UnixTerminal extends IPty {
  readonly fd: number
  readonly _socket: ReadStream
  setEncoding(encoding: BufferEncoding): void
}

/** Starts `command` in a new terminal. Throws when the system has no terminal left. */
export class Pty implements RunningProgram {
  readonly pid: number
  readonly #pty: IPty
  readonly #pending: Buffer[] = []
  #pendingBytes = 0
  #retry: NodeJS.Timeout | undefined
  /** The program is gone, and all it printed was given. */
  #over = false
  /** Its terminal is gone: the number of its descriptor may be another's by now. */
  #closed = false
  #draining = false
  #bytesRead = 0

  constructor(command: Command, cols: number, rows: number) {
    const { file, args, cwd, env } = command
    // `utf8` sets IUTF8 on the terminal, so that Backspace erases a whole « é ».
    const options = { cols, rows, cwd, env, name: 'xterm-256color', encoding: 'utf8' }
    this.#pty = nodePty!.spawn(file, [...args], options)
    this.pid = this.#pty.pid
    // Read as Latin-1, one character per byte: nothing is lost of an output that is not UTF-8.
    if (!WINDOWS) {
      const terminal = this.#pty as UnixTerminal
      terminal.setEncoding('latin1')
      this.#drainBeforeDestroy(terminal._socket)
    }
  }

  /**
   * node-pty destroys its stream 200 ms after the end of the program, read or not: a busy runner then loses the last
   * words. Here the stream closes by itself once all is read, or after a few looks that found nothing when a child of
   * the program still holds the terminal.
   */
  #drainBeforeDestroy(stream: ReadStream): void {
    const destroy = stream.destroy.bind(stream)
    const close = (error?: Error) => {
      this.#closed = true
      return destroy(error)
    }
    stream.on('data', (text: string) => {
      this.#bytesRead += text.length
    })
    stream.destroy = (error) => {
      if (error || stream.readableEnded) return close(error)
      if (!this.#draining) {
        this.#draining = true
        stream.resume()
        void drained(() => this.#bytesRead).then(() => this.#closed || close())
      }
      return stream
    }
  }

  onData(listener: (chunk: Buffer) => void): void {
    this.#pty.onData((text) => listener(Buffer.from(text, WINDOWS ? 'utf8' : 'latin1')))
  }

  onExit(listener: (exit: Exit) => void): void {
    this.#pty.onExit(({ exitCode, signal }) => {
      this.#over = true
      clearTimeout(this.#retry)
      listener(
        signal
          ? { code: 128 + signal, signal: SIGNALS.get(signal) ?? `${signal}` }
          : { code: exitCode, signal: null },
      )
    })
  }

  write(bytes: Buffer): boolean {
    if (this.#over || this.#closed || bytes.length === 0) return true
    if (this.#pendingBytes + bytes.length > PENDING_MAX) return false
    if (WINDOWS) {
      this.#pty.write(bytes)
      return true
    }
    this.#pending.push(bytes)
    this.#pendingBytes += bytes.length
    if (!this.#retry) this.#drain()
    return true
  }

  /**
   * Types Ctrl+C, ahead of the input that waits, which is dropped as a terminal does. When even the kernel's queue is
   * full the key would wait for the program to read: the signal it stands for is sent instead.
   */
  interrupt(): void {
    const stuck = this.#closed || this.#pending.length > 0
    this.#drop()
    if (!stuck) this.write(CTRL_C)
    if (!stuck && this.#pending.length === 0) return
    this.#drop()
    signalAll([{ pid: -this.pid }], 'SIGINT')
  }

  #drop(): void {
    this.#pending.length = 0
    this.#pendingBytes = 0
    clearTimeout(this.#retry)
    this.#retry = undefined
  }

  /**
   * Writes what the kernel takes. The descriptor never blocks: node-pty's own queue would retry at every turn of the
   * loop, a whole core for a program that does not read.
   */
  #drain(): void {
    this.#retry = undefined
    const { fd } = this.#pty as UnixTerminal
    let head = this.#pending[0]
    while (head && !this.#closed && this.alive()) {
      let written = 0
      try {
        written = writeSync(fd, head, 0, Math.min(PIECE, head.length))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return
      }
      if (written === 0) {
        this.#retry = setTimeout(() => this.#drain(), RETRY)
        return
      }
      this.#pendingBytes -= written
      if (written === head.length) this.#pending.shift()
      else this.#pending[0] = head.subarray(written)
      head = this.#pending[0]
    }
  }

  resize(cols: number, rows: number): void {
    if (this.#closed || !this.alive()) return
    try {
      this.#pty.resize(cols, rows)
    } catch {
      // The program has just closed its terminal: its end is on the way.
    }
  }

  pause(): void {
    if (!this.#over && !this.#draining) this.#pty.pause()
  }

  resume(): void {
    if (!this.#over) this.#pty.resume()
  }

  alive(): boolean {
    try {
      process.kill(this.pid, 0)
      return true
    } catch {
      return false
    }
  }
}
