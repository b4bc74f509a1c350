/**
 * A program on pipes, where node-pty cannot be loaded. It sees no terminal: no size, no colours. What a terminal does
 * with the keys is done here: echo, Backspace, Enter, Ctrl+C, Ctrl+D.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { StringDecoder } from 'node:string_decoder'
import { signalAll } from '../processes/table.ts'
import { drained } from './drain.ts'
import type { RunningProgram } from './program.ts'
import { type Command, type Exit, PENDING_MAX } from './pty.ts'

const WINDOWS = process.platform === 'win32'

/** Starts `command`. Throws when the system has no process or no descriptor left. */
export class Pipes implements RunningProgram {
  readonly pid: number
  readonly #child: ChildProcessWithoutNullStreams
  readonly #keys = new StringDecoder('utf8')
  /** What is typed and may still be erased. */
  #line = ''
  #bytesRead = 0
  #print: (chunk: Buffer) => void = () => {}

  constructor({ file, args, cwd, env }: Command) {
    // A group of its own, so that Ctrl+C reaches all that it started.
    const child = spawn(file, [...args], { cwd, env: { ...env }, detached: !WINDOWS, windowsHide: true })
    this.#child = child
    // Told by the end of the program.
    for (const source of [child, child.stdin, child.stdout, child.stderr]) source.on('error', () => {})
    if (child.pid === undefined) throw new Error(`${file} cannot be started`)
    this.pid = child.pid
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.#bytesRead += chunk.length
        this.#print(Buffer.from(chunk.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1'))
      })
    }
    child.once('exit', async () => {
      this.resume()
      await drained(() => this.#bytesRead)
      for (const stream of child.stdio) stream?.destroy()
    })
  }

  onData(listener: (chunk: Buffer) => void): void {
    this.#print = listener
  }

  onExit(listener: (exit: Exit) => void): void {
    this.#child.once('close', (code, signal) =>
      listener(
        signal
          ? { code: 128 + constants.signals[signal], signal: signal.slice(3) }
          : { code: code ?? 1, signal: null },
      ),
    )
  }

  write(bytes: Buffer): boolean {
    if (this.#child.stdin.writableLength + this.#line.length + bytes.length > PENDING_MAX) return false
    for (const key of this.#keys.write(bytes)) this.#key(key)
    return true
  }

  #key(key: string): void {
    if (key === '\x03') this.interrupt()
    else if (key === '\x04') this.#endOfInput()
    else if (key === '\r' || key === '\n') this.#enter()
    else if (key === '\x7f' || key === '\b') this.#erase()
    else {
      this.#line += key
      this.#echo(key < ' ' && key !== '\t' ? `^${String.fromCharCode(key.charCodeAt(0) + 64)}` : key)
    }
  }

  #enter(): void {
    this.#echo('\r\n')
    this.#send(`${this.#line}\n`)
  }

  #erase(): void {
    if (this.#line) this.#echo('\b \b')
    this.#line = [...this.#line].slice(0, -1).join('')
  }

  #endOfInput(): void {
    if (this.#line) this.#send(this.#line)
    else this.#child.stdin.end()
  }

  #send(text: string): void {
    this.#line = ''
    if (this.#child.stdin.writable) this.#child.stdin.write(text)
  }

  #echo(text: string): void {
    this.#print(Buffer.from(text))
  }

  interrupt(): void {
    this.#line = ''
    this.#echo('^C')
    if (WINDOWS) this.#child.kill()
    else signalAll([{ pid: -this.pid }], 'SIGINT')
  }

  /** A pipe has no size. */
  resize(): void {}

  pause(): void {
    if (!this.alive()) return
    this.#child.stdout.pause()
    this.#child.stderr.pause()
  }

  resume(): void {
    this.#child.stdout.resume()
    this.#child.stderr.resume()
  }

  alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }
}
