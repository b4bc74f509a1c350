/** One program in one terminal: it belongs to the runner and outlives the page that looks at it. */

import type { Limits } from './limits.ts'
import { type Process, signalAll, treeOf } from './processes/table.ts'
import type { Plan } from './programs/launch.ts'
import type { End, EndReason, Phase, ProgramRef, ServerMessage } from './protocol.ts'
import { endGradually, killTree } from './terminal/ending.ts'
import { Output, type Viewer } from './terminal/output.ts'
import { type Command, type Exit, Pty } from './terminal/pty.ts'
import { ReadyWatch } from './terminal/ready.ts'

/** Shortest time between two changes of size, in ms. */
const RESIZE_EVERY = 100
const COLS = { min: 2, max: 500 }
const ROWS = { min: 1, max: 300 }
const CTRL_C = 0x03
const INTERRUPTED: Exit = { code: 130, signal: 'INT' }

export interface SessionSettings {
  id: string
  tag: string
  ref: ProgramRef
  plan: Plan
  cols: number
  rows: number
  limits: Limits
  /** Called at each change that others may care about: a process begins, the session ends. */
  changed: () => void
}

const clamp = (value: number, { min, max }: { min: number; max: number }) =>
  Math.min(max, Math.max(min, value))

export class Session {
  readonly id: string
  readonly tag: string
  readonly ref: ProgramRef
  readonly ended: Promise<End>
  readonly #settings: SessionSettings
  readonly #output: Output
  readonly #inputSeqs = new Map<string, number>()
  readonly #startedAt = performance.now()
  readonly #resolveEnd: (end: End) => void
  #size: { cols: number; rows: number }
  #resizeTimer: NodeJS.Timeout | undefined
  #durationTimer: NodeJS.Timeout | undefined
  #idleTimer: NodeJS.Timeout | undefined
  #pty: Pty | null = null
  #ready: ReadyWatch | null = null
  #values: Record<string, string> | null = null
  #phase: Phase = 'starting'
  #stopReason: EndReason | null = null
  #end: End | null = null
  #endTold = false

  /** Starts the program, or first what builds it. Throws when the system has no terminal left. */
  constructor(settings: SessionSettings) {
    this.#settings = settings
    this.id = settings.id
    this.tag = settings.tag
    this.ref = settings.ref
    this.#size = { cols: clamp(settings.cols, COLS), rows: clamp(settings.rows, ROWS) }
    const tap = {
      pause: () => this.#pty?.pause(),
      resume: () => this.#pty?.resume(),
      alive: () => this.#pty?.alive() ?? false,
    }
    this.#output = new Output(settings.limits.ring, tap, () => this.#tellEnd())
    const { promise, resolve } = Promise.withResolvers<End>()
    this.ended = promise
    this.#resolveEnd = resolve
    if (settings.plan.build) void this.#build(settings.plan)
    else this.#launch(settings.plan)
    this.#startTimers()
  }

  get phase(): Phase {
    return this.#phase
  }

  /** Process of the program, or of what builds it; null when none runs. */
  get pid(): number | null {
    return this.#phase === 'ended' ? null : (this.#pty?.pid ?? null)
  }

  // --- the program

  #launch({ run, role }: Plan): void {
    const exited = this.#spawn(run)
    if (role.ready) this.#ready = new ReadyWatch(role.ready, (values) => this.#becomeReady(values))
    else this.#values = {}
    this.#setPhase('running')
    void exited.then((exit) => this.#finish(exit, exit.signal ? 'signal' : 'normal'))
  }

  /** Builds the program in this terminal, then starts it. */
  async #build(plan: Plan): Promise<void> {
    this.#phase = 'building'
    try {
      const failure = await plan.build!.exclusively(() => this.#buildSteps(plan))
      if (failure) await this.#finish(failure, 'build-failed')
      else this.#launch(plan)
    } catch (error) {
      this.#print(Buffer.from(`${(error as Error).message}\r\n`))
      await this.#finish({ code: 1, signal: null }, 'launch-failed')
    }
  }

  /** How the step that failed ended, or null. */
  async #buildSteps({ build }: Plan): Promise<Exit | null> {
    for (const step of build!.steps()) {
      if (this.#stopReason) return INTERRUPTED
      const exit = await this.#spawn(step)
      if (exit.code !== 0) return exit
    }
    build!.done()
    return this.#stopReason ? INTERRUPTED : null
  }

  #spawn(command: Command): Promise<Exit> {
    const pty = new Pty(command, this.#size.cols, this.#size.rows)
    this.#pty = pty
    const { promise, resolve } = Promise.withResolvers<Exit>()
    pty.onData((chunk) => this.#print(chunk))
    pty.onExit(resolve)
    this.#settings.changed()
    return promise
  }

  #print(chunk: Buffer): void {
    this.#output.print(chunk)
    this.#ready?.push(chunk)
  }

  async #finish({ code, signal }: Exit, natural: EndReason): Promise<void> {
    if (this.#phase === 'ended') return
    this.#output.release()
    this.#ready?.close()
    // What it started must not survive it: the next run needs its port.
    if (this.#pty) await killTree(this.#pty.pid, this.tag)
    for (const timer of [this.#durationTimer, this.#idleTimer, this.#resizeTimer]) clearTimeout(timer)
    this.#output.close(this.#settings.limits.endedRing)
    this.#end = {
      code,
      signal,
      reason: this.#stopReason ?? natural,
      offset: this.#output.end,
      durationMs: Math.round(performance.now() - this.#startedAt),
    }
    this.#phase = 'ended'
    this.#output.send()
    this.#settings.changed()
    this.#resolveEnd(this.#end)
  }

  /** Ends the program and all its processes: asked first, killed at last. Resolves when none is left. */
  async stop(reason: EndReason): Promise<void> {
    if (this.#phase === 'ended') return
    if (!this.#stopReason) {
      this.#stopReason = reason
      this.#setPhase('stopping')
      // Asking politely would leave a fork bomb the time to grow.
      if (this.#pty && reason === 'too-many-processes') void killTree(this.#pty.pid, this.tag)
      else if (this.#pty) void endGradually(this.#pty, this.tag, this.ended)
      // It still waits for its turn to be built.
      else void this.#finish(INTERRUPTED, reason)
    }
    await this.ended
  }

  /** Kills everything at once, without waiting: the last chance when the runner itself ends. */
  killNow(table: readonly Process[]): void {
    if (this.pid) signalAll([{ pid: -this.pid }, ...treeOf(table, this.pid, this.tag)], 'SIGKILL')
  }

  /** Sends a signal to the program, INT as if Ctrl+C had been typed. False when nothing runs. */
  signal(name: 'INT' | 'TERM' | 'KILL'): boolean {
    if (!this.#pty || this.#phase === 'ended') return false
    if (name === 'INT') this.#pty.interrupt()
    else signalAll([this.#pty], `SIG${name}`)
    return true
  }

  /**
   * Gives input `seq` of a client to the program, once: one already received is ignored.
   * Returns what was wrong, or null.
   */
  input(client: string, seq: number, bytes: Buffer): 'bad-message' | 'not-running' | 'input-full' | null {
    const last = this.inputSeq(client)
    if (seq <= last) return null
    if (seq !== last + 1) return 'bad-message'
    this.#inputSeqs.set(client, seq)
    if (!this.#pty || this.#phase === 'ended') return 'not-running'
    // Typed alone, Ctrl+C overtakes the input that a busy program has not read.
    if (bytes.length === 1 && bytes[0] === CTRL_C) this.#pty.interrupt()
    else if (!this.#pty.write(bytes)) return 'input-full'
    return null
  }

  /** Number of the last input received from a client. */
  inputSeq(client: string): number {
    return this.#inputSeqs.get(client) ?? 0
  }

  /** Changes the size of the terminal, at most ten times a second. */
  resize(cols: number, rows: number): void {
    const size = { cols: clamp(cols, COLS), rows: clamp(rows, ROWS) }
    if (size.cols === this.#size.cols && size.rows === this.#size.rows) return
    this.#size = size
    if (this.#resizeTimer) return
    this.#pty?.resize(size.cols, size.rows)
    this.#resizeTimer = setTimeout(() => {
      this.#resizeTimer = undefined
      if (this.#size !== size) this.#pty?.resize(this.#size.cols, this.#size.rows)
    }, RESIZE_EVERY)
  }

  #startTimers(): void {
    const { duration, durationWarning } = this.#settings.limits
    this.#durationTimer = setTimeout(() => {
      this.#output.viewer?.message({ type: 'warning', reason: 'ends-soon' })
      this.#durationTimer = setTimeout(() => this.stop('max-duration'), durationWarning)
    }, duration - durationWarning)
    this.#watchIdle()
  }

  #watchIdle(): void {
    clearTimeout(this.#idleTimer)
    if (this.#output.viewer || this.#phase === 'ended') return
    this.#idleTimer = setTimeout(() => this.stop('idle'), this.#settings.limits.idle)
  }

  // --- the page

  /** A page looks from byte `from`, instead of the one that looked before. */
  attach(viewer: Viewer, from: number): void {
    this.#output.show(viewer, from)
    this.#endTold = false
    this.#watchIdle()
    viewer.message({
      type: 'session',
      session: this.id,
      ref: this.ref,
      phase: this.#phase,
      pid: this.pid,
      end: this.#output.end,
      inputSeq: this.inputSeq(viewer.client),
    })
    if (this.#phase !== 'ended') this.#tell()
    this.#output.send()
  }

  detach(viewer: Viewer): void {
    if (this.#output.hide(viewer)) this.#watchIdle()
  }

  setVisible(visible: boolean): void {
    this.#output.setVisible(visible)
  }

  /** The page consumed all before `offset`. False when it never was sent. */
  acknowledge(offset: number): boolean {
    return this.#output.acknowledge(offset)
  }

  #becomeReady(values: Record<string, string>): void {
    this.#values = values
    // The page reads the line before it learns that the role is ready.
    this.#output.flush()
    this.#tell()
  }

  #setPhase(phase: Phase): void {
    this.#phase = phase
    this.#tell()
  }

  #tell(): void {
    const state = { phase: this.#phase, ready: this.#values !== null, values: this.#values ?? {} }
    const message: ServerMessage = { type: 'state', ...state, ...(this.#end && { end: this.#end }) }
    this.#output.viewer?.message(message)
  }

  /** Tells the end once the page has been sent all that came before it. */
  #tellEnd(): void {
    if (this.#phase !== 'ended' || this.#endTold) return
    this.#endTold = true
    this.#tell()
  }
}
