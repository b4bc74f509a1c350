/** One program in one terminal: it belongs to the runner and outlives the page that looks at it. */

import { Batch } from './batch.ts'
import type { Plan } from './command.ts'
import { Flow } from './flow.ts'
import type { Limits } from './limits.ts'
import { type Process, processTable, signalAll, taskkill, treeOf } from './processes.ts'
import {
  type End,
  type EndReason,
  FRAME_MAX,
  HIGH_WATER,
  type Phase,
  type ProgramRef,
  type ServerMessage,
} from './protocol.ts'
import { type Command, type Exit, Pty } from './pty.ts'
import { ReadyWatch } from './ready.ts'
import { Ring } from './ring.ts'

/** After Ctrl+C, how long before SIGTERM, then before SIGKILL, in ms. */
const TERM_AFTER = 1000
const KILL_AFTER = 3000
/** Between two looks at what is still there, in ms, and how many: a process that nothing ends must not hold us. */
const LOOK_AGAIN = 20
const LOOKS = 150
/** Shortest time between two changes of size, in ms. */
const RESIZE_EVERY = 100
const COLS = { min: 2, max: 500 }
const ROWS = { min: 1, max: 300 }
const CTRL_C = 0x03

/** A page that looks at a session. */
export interface Viewer {
  /** Identity kept across reconnections. */
  readonly client: string
  /** Sends bytes of output; `replay` when the page may have seen them answered already. */
  output(offset: number, bytes: Uint8Array, replay: boolean): void
  message(message: ServerMessage): void
  /** Another page took the session. */
  takenOver(): void
}

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
  readonly #ring: Ring
  readonly #batch = new Batch(() => this.#pump())
  readonly #flow: Flow
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
  #viewer: Viewer | null = null
  #visible = true
  #sent = 0
  #acknowledged = 0
  #replayUntil = 0
  /** The page has been sent all it may hold. */
  #full = false
  #endTold = false

  /** Starts the program, or first what builds it. Throws when the system has no terminal left. */
  constructor(settings: SessionSettings) {
    this.#settings = settings
    this.id = settings.id
    this.tag = settings.tag
    this.ref = settings.ref
    this.#ring = new Ring(settings.limits.ring)
    this.#size = { cols: clamp(settings.cols, COLS), rows: clamp(settings.rows, ROWS) }
    this.#flow = new Flow({
      pause: () => this.#pty?.pause(),
      resume: () => this.#pty?.resume(),
      alive: () => this.#pty?.alive() ?? false,
    })
    const { promise, resolve } = Promise.withResolvers<End>()
    this.ended = promise
    this.#resolveEnd = resolve
    if (settings.plan.build) {
      this.#phase = 'building'
      void this.#build(settings.plan)
    } else {
      this.#launch(settings.plan)
    }
    this.#startTimers()
  }

  get phase(): Phase {
    return this.#phase
  }

  /** Process of the program, or of what builds it; null when none runs. */
  get pid(): number | null {
    return this.#phase === 'ended' ? null : (this.#pty?.pid ?? null)
  }

  get offset(): number {
    return this.#ring.end
  }

  /** Whether reading the program's output is suspended. */
  get paused(): boolean {
    return this.#flow.paused
  }

  // --- the program

  #launch({ run, role }: Plan): void {
    const exited = this.#spawn(run)
    if (role.ready) this.#ready = new ReadyWatch(role.ready, (values) => this.#becomeReady(values))
    else this.#values = {}
    this.#setPhase('running')
    void exited.then((exit) => this.#finish(exit, exit.signal ? 'signal' : 'normal'))
  }

  async #build(plan: Plan): Promise<void> {
    const { build } = plan
    const failed = await build!
      .exclusively(async () => {
        for (const step of build!.steps()) {
          if (this.#stopReason) return { code: 130, signal: 'INT' }
          const exit = await this.#spawn(step)
          if (exit.code !== 0) return exit
        }
        build!.done()
        return null
      })
      .catch((error: Error): Exit => {
        this.#print(Buffer.from(`${error.message}\r\n`))
        return { code: 1, signal: null }
      })
    if (failed || this.#stopReason) {
      await this.#finish(failed ?? { code: 130, signal: 'INT' }, 'build-failed')
      return
    }
    try {
      this.#launch(plan)
    } catch (error) {
      this.#print(Buffer.from(`${(error as Error).message}\r\n`))
      await this.#finish({ code: 1, signal: null }, 'launch-failed')
    }
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
    this.#ring.push(chunk)
    this.#flow.produced(this.#ring.end)
    this.#batch.note(chunk.length)
    this.#ready?.push(chunk)
  }

  async #finish({ code, signal }: Exit, natural: EndReason): Promise<void> {
    const pty = this.#pty
    this.#flow.close()
    this.#ready?.close()
    // What it started must not survive it: the next run needs its port.
    if (pty) await this.#endTree(pty.pid, 'SIGKILL')
    for (const timer of [this.#durationTimer, this.#idleTimer, this.#resizeTimer]) clearTimeout(timer)
    this.#batch.now()
    this.#ring.shrink(this.#settings.limits.endedRing)
    this.#end = {
      code,
      signal,
      reason: this.#stopReason ?? natural,
      offset: this.#ring.end,
      durationMs: Math.round(performance.now() - this.#startedAt),
    }
    this.#phase = 'ended'
    this.#pump()
    this.#settings.changed()
    this.#resolveEnd(this.#end)
  }

  /** Ends the program and all its processes: Ctrl+C, then SIGTERM, then SIGKILL. Resolves when none is left. */
  async stop(reason: EndReason): Promise<void> {
    if (this.#phase === 'ended') return
    if (!this.#stopReason) {
      this.#stopReason = reason
      this.#setPhase('stopping')
      void this.#stopTree()
    }
    await this.ended
  }

  async #stopTree(): Promise<void> {
    const pty = this.#pty
    if (!pty) return
    if (process.platform === 'win32') return taskkill(pty.pid)
    // Asking politely would leave a fork bomb the time to grow.
    if (this.#stopReason === 'too-many-processes') return this.#endTree(pty.pid, 'SIGKILL')
    pty.interrupt()
    const term = setTimeout(() => this.#endTree(pty.pid, 'SIGTERM'), TERM_AFTER)
    const kill = setTimeout(() => this.#endTree(pty.pid, 'SIGKILL'), KILL_AFTER)
    await this.ended
    clearTimeout(term)
    clearTimeout(kill)
  }

  /** Sends `signal` to every process of the session; with SIGKILL, until none is left. */
  async #endTree(root: number, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    for (let look = 0; look < LOOKS; look += 1) {
      const tree = treeOf(await processTable(), root, this.tag)
      signalAll(tree, signal)
      if (tree.length === 0 || signal === 'SIGTERM') return
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN))
    }
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

  #startTimers(): void {
    const { duration, durationWarning } = this.#settings.limits
    this.#durationTimer = setTimeout(() => {
      this.#viewer?.message({ type: 'warning', reason: 'ends-soon' })
      this.#durationTimer = setTimeout(() => this.stop('max-duration'), durationWarning)
    }, duration - durationWarning)
    this.#watchIdle()
  }

  #watchIdle(): void {
    clearTimeout(this.#idleTimer)
    if (this.#viewer || this.#phase === 'ended') return
    this.#idleTimer = setTimeout(() => this.stop('idle'), this.#settings.limits.idle)
  }

  // --- the page

  /** A page looks from byte `from`; the one that looked before, if any, is told. */
  attach(viewer: Viewer, from: number): void {
    if (this.#viewer && this.#viewer !== viewer) this.#viewer.takenOver()
    this.#viewer = viewer
    this.#visible = true
    this.#endTold = false
    this.#replayUntil = this.#ring.end
    this.#sent = Math.min(from, this.#ring.end)
    this.#acknowledged = this.#sent
    this.#flow.watch(true, this.#sent)
    this.#watchIdle()
    viewer.message({
      type: 'session',
      session: this.id,
      ref: this.ref,
      phase: this.#phase,
      pid: this.pid,
      end: this.#ring.end,
      inputSeq: this.inputSeq(viewer.client),
    })
    if (this.#phase !== 'ended') viewer.message(this.#state())
    this.#pump()
  }

  detach(viewer: Viewer): void {
    if (this.#viewer !== viewer) return
    this.#viewer = null
    this.#flow.watch(false, this.#ring.end)
    this.#watchIdle()
  }

  setVisible(visible: boolean): void {
    this.#visible = visible
    this.#flow.watch(visible && this.#viewer !== null, this.#acknowledged)
  }

  /** The page consumed all before `offset`. False when it never was sent. */
  acknowledge(offset: number): boolean {
    if (offset > this.#sent) return false
    this.#acknowledged = Math.max(this.#acknowledged, offset)
    if (this.#visible) this.#flow.acknowledged(this.#acknowledged)
    // Otherwise what waits is being grouped.
    if (this.#full) this.#pump()
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

  #becomeReady(values: Record<string, string>): void {
    this.#values = values
    this.#batch.now()
    this.#tell()
  }

  #setPhase(phase: Phase): void {
    this.#phase = phase
    this.#tell()
  }

  #state(): ServerMessage {
    const state = {
      type: 'state',
      phase: this.#phase,
      ready: this.#values !== null,
      values: this.#values ?? {},
    } as const
    return this.#end ? { ...state, end: this.#end } : state
  }

  #tell(): void {
    this.#viewer?.message(this.#state())
  }

  /** Sends what the page may receive now; then, once it has been sent everything, the end. */
  #pump(): void {
    const viewer = this.#viewer
    if (!viewer) return
    while (this.#sent < this.#ring.end) {
      this.#full = this.#sent - this.#acknowledged >= HIGH_WATER
      if (this.#full) return
      if (this.#sent < this.#ring.start) {
        this.#sent = this.#ring.firstLine()
        this.#acknowledged = this.#sent
      }
      const replay = this.#sent < this.#replayUntil
      const until = replay ? this.#replayUntil : this.#ring.end
      const bytes = new Uint8Array(Math.min(FRAME_MAX, until - this.#sent))
      this.#ring.copy(this.#sent, bytes)
      viewer.output(this.#sent, bytes, replay)
      this.#sent += bytes.length
    }
    if (this.#phase === 'ended' && !this.#endTold) {
      this.#endTold = true
      this.#tell()
    }
  }
}
