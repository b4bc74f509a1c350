/** One program in one terminal: it belongs to the runner and outlives the pages that look at it. */

import { Lifetime } from './lifetime.ts'
import type { Limits } from './limits.ts'
import { type Process, signalAll, treeOf } from './processes/table.ts'
import { build, INTERRUPTED } from './programs/build.ts'
import type { Progress } from './programs/build-log.ts'
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
import type { Viewer } from './terminal/feed.ts'
import { Keyboard } from './terminal/keyboard.ts'
import { Output } from './terminal/output.ts'
import type { RunningProgram } from './terminal/program.ts'
import type { Command, Exit } from './terminal/pty.ts'
import { ReadyWatch } from './terminal/ready.ts'
import { TerminalSize } from './terminal/size.ts'

const CTRL_C = 0x03

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

export class Session {
  readonly id: string
  readonly tag: string
  readonly ref: ProgramRef
  readonly ended: Promise<End>
  readonly #settings: SessionSettings
  readonly #output: Output
  readonly #keyboard = new Keyboard()
  readonly #size: TerminalSize
  readonly #lifetime: Lifetime
  readonly #resolveEnd: (end: End) => void
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
    this.#size = new TerminalSize(settings.cols, settings.rows, (...size) => this.#pty?.resize(...size))
    const tap = {
      pause: () => this.#pty?.pause(),
      resume: () => this.#pty?.resume(),
      alive: () => this.#pty?.alive() ?? false,
    }
    this.#output = new Output(settings.limits.ring, tap)
    const { promise, resolve } = Promise.withResolvers<End>()
    this.ended = promise
    this.#resolveEnd = resolve
    this.#lifetime = new Lifetime(settings.limits, {
      warn: () => this.#tellAll({ type: 'warning', reason: 'ends-soon' }),
      end: (reason) => void this.stop(reason),
    })
    if (settings.plan.build) void this.#buildThenLaunch(settings.plan)
    else this.#launch(settings.plan)
    this.#lifetime.begin()
    this.#watchIdle()
  }

  get phase(): Phase {
    return this.#phase
  }

  /** What every page may know of it. */
  facts(): LiveProgram {
    return {
      session: this.id,
      ref: this.ref,
      phase: this.#phase,
      ready: this.#values !== null,
      ports: this.ports,
      age: this.#lifetime.age,
      viewers: this.#output.viewers.length,
      endsIn: this.#lifetime.endsIn,
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
  async #buildThenLaunch(plan: Plan): Promise<void> {
    this.#phase = 'building'
    const failure = await build(plan.build!, {
      spawn: (step, follow) => this.#spawn(step, follow),
      print: (text) => this.#print(Buffer.from(text)),
      progress: (progress) => {
        this.#progress = progress
        this.#tellAll(this.#state())
      },
      stopped: () => this.#stopReason !== null,
    })
    this.#progress = null
    if (failure) return this.#finish(failure.exit, failure.reason)
    try {
      this.#launch(plan)
    } catch {
      await this.#finish({ code: 1, signal: null }, 'launch-failed')
    }
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
    this.#output.print(chunk)
    this.#ready?.push(chunk)
  }

  async #finish({ code, signal }: Exit, natural: EndReason): Promise<void> {
    if (this.#finishing) return
    this.#finishing = true
    this.#output.release()
    this.#ready?.close()
    // What it started must not survive it: the next run needs its port.
    if (this.#pty) await killTree(this.#pty.pid, this.tag)
    // A program that was never built never asked for its port.
    const taken = this.#phase === 'building' ? null : await this.#takenPort()
    this.#lifetime.close()
    this.#size.close()
    const reason = this.#stopReason ?? natural
    const end: End = { code, signal, reason, offset: this.#output.end, ...(taken && { taken }) }
    this.#end = end
    this.#phase = 'ended'
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
    if (!this.#keyboard.heldBy(viewer)) return 'looking'
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
    const received = this.#keyboard.receive(viewer.client, seq)
    if (received === 'known') return null
    if (received === 'too-far') return 'bad-message'
    if (!this.#pty || this.#phase === 'ended') return 'not-running'
    if (!this.#keyboard.heldBy(viewer)) return 'looking'
    // Typed alone, Ctrl+C overtakes the input that a busy program has not read.
    if (bytes.length === 1 && bytes[0] === CTRL_C) this.#pty.interrupt()
    else if (!this.#pty.write(bytes)) return 'input-full'
    return null
  }

  /** Number of the last input received from a client. */
  inputSeq(client: string): number {
    return this.#keyboard.seqOf(client)
  }

  /** The page that drives changes the size of the terminal. */
  resize(viewer: Viewer, cols: number, rows: number): void {
    if (this.#keyboard.heldBy(viewer)) this.#size.set(cols, rows)
  }

  #watchIdle(): void {
    if (this.#output.viewers.length > 0) this.#lifetime.looked()
    else if (this.#phase !== 'ended') this.#lifetime.abandoned(this.#awaited.size > 0)
  }

  // --- the pages

  /** A page looks from byte `from`, and drives if it wants to, instead of the one that did. */
  attach(viewer: Viewer, from: number, drive: boolean): void {
    const feed = this.#output.show(viewer, from)
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
    this.#keyboard.give(viewer, drive)
    if (this.#phase === 'ended') {
      this.#tellEnd(viewer)
    } else {
      viewer.message(this.#state())
      feed.send()
    }
    this.#settings.changed()
  }

  /** A page leaves: for good, or because it was cut. */
  detach(viewer: Viewer, forGood: boolean): void {
    if (!this.#output.hide(viewer)) return
    this.#keyboard.leave(viewer)
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
    const state = { phase: this.#phase, ready: this.#values !== null, values: this.#values ?? {} }
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
