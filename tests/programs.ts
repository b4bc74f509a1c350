/** A program of a lab, run on its own through pipes: as in a script, without terminal nor scenario. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { VariantId } from '../labs/lab.ts'
import { Launcher } from '../runner/programs/launch.ts'
import type { Command } from '../runner/terminal/pty.ts'
import { ROOT } from '../scripts/build.ts'

/** How long a fact may be awaited, in ms, before a test fails. */
const PATIENCE = 60_000

const launcher = new Launcher()

export class Program implements AsyncDisposable {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #events = new EventEmitter()
  /** All it has printed, on both outputs. */
  output = ''
  /** Exit code, 128 + n for signal n; null while it runs. */
  code: number | null = null

  private constructor({ file, args, cwd, env }: Command) {
    this.#child = spawn(file, args, { cwd, env })
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output += text
        this.#events.emit('change')
      })
    }
    // A program that ended no longer reads what is typed.
    this.#child.stdin.on('error', () => undefined)
    this.#child.on('close', (code, signal) => {
      this.code = code ?? (signal === 'SIGTERM' ? 143 : 255)
      this.#events.emit('change')
    })
  }

  static async start(
    lab: string,
    name: string,
    variant: VariantId,
    options: readonly string[],
  ): Promise<Program> {
    return new Program(await launcher.command({ lab, name, variant }, options))
  }

  /** Runs any command of the project. */
  static run([file, ...args]: readonly [string, ...string[]]): Program {
    return new Program({ file, args, cwd: ROOT, env: process.env as Record<string, string> })
  }

  type(line: string): void {
    this.#child.stdin.write(`${line}\n`)
  }

  /** Ctrl+D. */
  eof(): void {
    this.#child.stdin.end()
  }

  /** Waits for `pattern` in the output after `from`. */
  async until(pattern: RegExp, from = 0): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.output.slice(from))
      if (match) return match
      if (this.code !== null) throw new Error(`ended (${this.code}) before ${pattern}:\n${this.output}`)
      await this.#change(`${pattern}`)
    }
  }

  /** Waits for its end; gives its exit code. */
  async end(): Promise<number> {
    while (this.code === null) await this.#change('its end')
    return this.code
  }

  async stop(): Promise<void> {
    this.#child.kill()
    await this.end()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.code === null) await this.stop()
  }

  async #change(awaited: string): Promise<void> {
    const given = new AbortController()
    const silence = delay(PATIENCE, undefined, { signal: given.signal }).then(() => {
      throw new Error(`${awaited} was not observed in ${PATIENCE} ms; printed:\n${this.output}`)
    })
    try {
      await Promise.race([once(this.#events, 'change'), silence])
    } finally {
      given.abort()
      silence.catch(() => undefined)
    }
  }
}
