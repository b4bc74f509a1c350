/** One program in one terminal: it belongs to the runner and outlives the pages that look at it. */

import type { PlacedEvent } from '../labs/trace.ts'
import type { Limits } from './limits.ts'
import { type Process, signalAll, treeOf } from './processes/table.ts'
import { BuildLog, type Progress } from './programs/build-log.ts'
import type { Plan } from './programs/plan.ts'
import type {
  End,
  EndReason,
  LiveProgram,
  Phase,
  Port,
  ProgramRef,
  ServerMessage,
  TakenPort,
} from './protocol.ts'
import { endGradually, killTree } from './terminal/ending.ts'
import { Events } from './terminal/events.ts'
import type { Viewer } from './terminal/feed.ts'
import { Output } from './terminal/output.ts'
import type { RunningProgram } from './terminal/program.ts'
import type { Command, Exit } from './terminal/pty.ts'
import { ReadyWatch } from './terminal/ready.ts'
import { Separator } from './terminal/separate.ts'

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
  /** Starts a command in a terminal of this size. Throws when the system has none left. */
  start: (command: Command, cols: number, rows: number) => RunningProgram
  /** Called at each change of what `facts` gives, but for the time that passes, and when a process begins. */
  changed: () => void
  /** Who holds a port, when it cannot be taken; null when it can. */
  holder: (port: Port) => Promise<TakenPort | null>
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
  readonly #events: Events
  readonly #separator = new Separator()
  readonly #inputSeqs = new Map<string, number>()
  readonly #startedAt = performance.now()
  readonly #resolveEnd: (end: End) => void
  #size: { cols: number; rows: number }
  #resizeTimer: NodeJS.Timeout | undefined
  #durationTimer: NodeJS.Timeout | undefined
  /** Ends the program when no page looks for long; `#endsAt` is when, in `performance.now()` time. */
  #idleTimer: NodeJS.Timeout | undefined
  #endsAt: number | null = null
  /** The page that types and gives the size; the others only look. */
  #driver: Viewer | null = null
  /** Pages that were cut and may come back. */
  readonly #awaited = new Set<string>()
  #pty: RunningProgram | null = null
  #ready: ReadyWatch | null = null
  #values: Record<string, string> | null = null
  #phase: Phase = 'starting'
  #progress: Progress | null = null
  #stopReason: EndReason | null = null
  #end: End | null = null
  #finishing = false

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
    this.#output = new Output(settings.limits.ring, tap)
    this.#events = new Events(settings.limits.events)
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

  /** What every page may know of it. */
  facts(): LiveProgram {
    const now = performance.now()
    return {
      session: this.id,
      ref: this.ref,
      phase: this.#phase,
      ready: this.#values !== null,
      ports: this.ports,
      age: Math.round(now - this.#startedAt),
      viewers: this.#output.viewers.length,
      endsIn: this.#endsAt === null ? null : Math.max(0, Math.round(this.#endsAt - now)),
    }
  }

  /** The port that it said it opened. */
  get ports(): Port[] {
    const { opens } = this.#settings.plan
    const number = Number(this.#values?.port)
    return opens && number > 0 ? [{ number, over: opens.over }] : []
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
    const log = new BuildLog(plan.build!.program)
    this.#print(Buffer.from(log.step()))
    try {
      const failure = await plan.build!.exclusively(() => this.#buildSteps(plan, log))
      if (!this.#stopReason) this.#print(Buffer.from(failure ? log.failed() : log.succeeded()))
      this.#progress = null
      if (failure) await this.#finish(failure, 'build-failed')
      else this.#launch(plan)
    } catch (error) {
      this.#print(Buffer.from(log.impossible(error as NodeJS.ErrnoException)))
      await this.#finish({ code: 1, signal: null }, 'launch-failed')
    }
  }

  /** How the step that failed ended, or null. */
  async #buildSteps({ build }: Plan, log: BuildLog): Promise<Exit | null> {
    const steps = build!.steps()
    for (const step of steps) {
      if (this.#stopReason) return INTERRUPTED
      this.#print(Buffer.from(log.step()))
      const exit = await this.#spawn(step, (chunk) => this.#follow(log, chunk))
      // Ctrl+C in its terminal ends the whole build.
      if (exit.code !== 0 && (!step.optional || exit.signal)) return exit
    }
    if (steps.length > 0) build!.done()
    return this.#stopReason ? INTERRUPTED : null
  }

  /** Shows how far the build is. */
  #follow(log: BuildLog, chunk: Buffer): void {
    const text = log.push(chunk)
    if (text === '') return
    this.#print(Buffer.from(text))
    this.#progress = log.progress
    this.#tellAll(this.#state())
  }

  #spawn(command: Command, follow = (chunk: Buffer) => this.#print(chunk)): Promise<Exit> {
    const pty = this.#settings.start(command, this.#size.cols, this.#size.rows)
    this.#pty = pty
    const { promise, resolve } = Promise.withResolvers<Exit>()
    pty.onData(follow)
    pty.onExit(resolve)
    this.#settings.changed()
    return promise
  }

  #print(chunk: Buffer): void {
    const { text, events } = this.#separator.push(chunk)
    if (text.length < chunk.length) this.#output.withhold(chunk.length - text.length)
    this.#trace(events)
    this.#show(text)
  }

  #trace(events: readonly PlacedEvent[]): void {
    if (events.length === 0) return
    const first = this.#events.end === 0
    this.#events.push(events)
    if (first) this.#tellAll(this.#state())
  }

  #show(text: Buffer): void {
    if (text.length === 0) return
    this.#output.print(text)
    this.#ready?.push(text)
  }

  async #finish({ code, signal }: Exit, natural: EndReason): Promise<void> {
    if (this.#finishing) return
    this.#finishing = true
    this.#show(this.#separator.flush())
    this.#output.release()
    this.#ready?.close()
    // What it started must not survive it: the next run needs its port.
    if (this.#pty) await killTree(this.#pty.pid, this.tag)
    // A program that was never built never asked for its port.
    const taken = this.#phase === 'building' ? null : await this.#takenPort()
    for (const timer of [this.#durationTimer, this.#idleTimer, this.#resizeTimer]) clearTimeout(timer)
    this.#endsAt = null
    const reason = this.#stopReason ?? natural
    const { end: offset } = this.#output
    const { end: events } = this.#events
    const end: End = { code, signal, reason, offset, events, ...(taken && { taken }) }
    this.#end = end
    this.#phase = 'ended'
    this.#events.close(this.#settings.limits.endedEvents)
    this.#output.close(this.#settings.limits.endedRing)
    for (const viewer of this.#output.viewers) this.#tellEnd(viewer)
    this.#settings.changed()
    this.#resolveEnd(end)
  }

  /** Whether another program holds the port that this one, which was never ready, should have opened. */
  async #takenPort(): Promise<TakenPort | null> {
    const { opens } = this.#settings.plan
    if (!opens || opens.number === 0 || this.#values || this.#stopReason) return null
    return this.#settings.holder(opens).catch(() => null)
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

  /** Sends a signal to the program for the page that drives, INT as if Ctrl+C had been typed. Returns why not, or null. */
  signal(viewer: Viewer, name: 'INT' | 'TERM' | 'KILL'): 'not-running' | 'looking' | null {
    if (!this.#pty || this.#phase === 'ended') return 'not-running'
    if (viewer !== this.#driver) return 'looking'
    if (name === 'INT') this.#pty.interrupt()
    else signalAll([this.#pty], `SIG${name}`)
    return null
  }

  /**
   * Gives input `seq` of the page that drives to the program, once: one already received is ignored.
   * Returns what was wrong, or null.
   */
  input(
    viewer: Viewer,
    seq: number,
    bytes: Buffer,
  ): 'bad-message' | 'not-running' | 'looking' | 'input-full' | null {
    const last = this.inputSeq(viewer.client)
    if (seq <= last) return null
    if (seq !== last + 1) return 'bad-message'
    this.#inputSeqs.set(viewer.client, seq)
    if (!this.#pty || this.#phase === 'ended') return 'not-running'
    if (viewer !== this.#driver) return 'looking'
    // Typed alone, Ctrl+C overtakes the input that a busy program has not read.
    if (bytes.length === 1 && bytes[0] === CTRL_C) this.#pty.interrupt()
    else if (!this.#pty.write(bytes)) return 'input-full'
    return null
  }

  /** Number of the last input received from a client. */
  inputSeq(client: string): number {
    return this.#inputSeqs.get(client) ?? 0
  }

  /** The page that drives changes the size of the terminal, at most ten times a second. */
  resize(viewer: Viewer, cols: number, rows: number): void {
    if (viewer !== this.#driver) return
    const size = { cols: clamp(cols, COLS), rows: clamp(rows, ROWS) }
    if (size.cols === this.#size.cols && size.rows === this.#size.rows) return
    this.#size = size
    if (!this.#resizeTimer) this.#applySize()
  }

  #applySize(): void {
    const size = this.#size
    this.#pty?.resize(size.cols, size.rows)
    this.#resizeTimer = setTimeout(() => {
      this.#resizeTimer = undefined
      if (this.#size !== size) this.#applySize()
    }, RESIZE_EVERY)
  }

  #startTimers(): void {
    const { duration, durationWarning } = this.#settings.limits
    this.#durationTimer = setTimeout(() => {
      this.#tellAll({ type: 'warning', reason: 'ends-soon' })
      this.#durationTimer = setTimeout(() => this.stop('max-duration'), durationWarning)
    }, duration - durationWarning)
    this.#watchIdle()
  }

  /** Without any page it ends: soon when the last one left for good, later when it may come back. */
  #watchIdle(): void {
    clearTimeout(this.#idleTimer)
    this.#endsAt = null
    if (this.#output.viewers.length > 0 || this.#phase === 'ended') return
    const { idle, left } = this.#settings.limits
    const wait = this.#awaited.size > 0 ? idle : left
    this.#endsAt = performance.now() + wait
    this.#idleTimer = setTimeout(() => this.stop('idle'), wait)
  }

  // --- the pages

  /** A page looks from byte `from` and event `event`, and drives if it wants to, instead of the one that did. */
  attach(viewer: Viewer, from: number, event: number, drive: boolean): void {
    const feed = this.#output.show(viewer, from)
    const events = this.#events.show(viewer, event)
    this.#awaited.delete(viewer.client)
    this.#watchIdle()
    viewer.message({
      type: 'session',
      session: this.id,
      ref: this.ref,
      phase: this.#phase,
      end: this.#output.end,
      inputSeq: this.inputSeq(viewer.client),
    })
    this.#giveKeyboard(viewer, drive)
    events.send()
    if (this.#phase === 'ended') {
      this.#tellEnd(viewer)
    } else {
      viewer.message(this.#state())
      feed.send()
    }
    this.#settings.changed()
  }

  #giveKeyboard(viewer: Viewer, drive: boolean): void {
    if (drive && this.#driver !== viewer) {
      this.#driver?.message({ type: 'driving', value: false })
      this.#driver = viewer
    } else if (!drive && this.#driver === viewer) {
      this.#driver = null
    }
    viewer.message({ type: 'driving', value: drive })
  }

  /** A page leaves: for good, or because it was cut. */
  detach(viewer: Viewer, forGood: boolean): void {
    if (!this.#output.hide(viewer)) return
    this.#events.hide(viewer)
    if (this.#driver === viewer) this.#driver = null
    if (forGood) this.#awaited.delete(viewer.client)
    else this.#awaited.add(viewer.client)
    this.#watchIdle()
    this.#settings.changed()
  }

  setVisible(viewer: Viewer, visible: boolean): void {
    this.#output.feed(viewer)?.setVisible(visible)
  }

  /** A page consumed all before `offset`. False when it never was sent. */
  acknowledge(viewer: Viewer, offset: number): boolean {
    return this.#output.feed(viewer)?.acknowledge(offset) ?? false
  }

  /** A page took in all the events before number `event`. False when they never were sent. */
  seen(viewer: Viewer, event: number): boolean {
    return this.#events.feed(viewer)?.seen(event) ?? false
  }

  #becomeReady(values: Record<string, string>): void {
    this.#values = values
    // A page reads the line before it learns that the role is ready.
    this.#output.flush()
    this.#tellAll(this.#state())
    this.#settings.changed()
  }

  #setPhase(phase: Phase): void {
    this.#phase = phase
    this.#tellAll(this.#state())
    this.#settings.changed()
  }

  #state(): ServerMessage {
    const [ready, observed] = [this.#values !== null, this.#events.end > 0]
    const state = { phase: this.#phase, ready, observed, values: this.#values ?? {} }
    const [end, building] = [this.#end, this.#progress]
    return { type: 'state', ...state, ...(building && { building }), ...(end && { end }) }
  }

  #tellAll(message: ServerMessage): void {
    for (const viewer of this.#output.viewers) viewer.message(message)
  }

  /** Tells a page the end once it has been sent all that came before it. */
  #tellEnd(viewer: Viewer): void {
    this.#output.finish(viewer, () => viewer.message(this.#state()))
  }
}
