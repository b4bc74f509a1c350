/** One role of the panel: starts, stops and takes up its program, and shows it in its pane. */
import type { Lab, ParameterValue, Role, VariantId } from '../../../labs/lab.ts'
import type { PlacedEvent } from '../../../labs/trace.ts'
import type { LiveProgram, TakenPort } from '../../../runner/protocol.ts'
import { type KeptSession, readSession, writeSession } from '../../learner/sessions.ts'
import {
  END_NOTICES,
  KEYBOARD,
  LAB,
  LINK,
  REFUSALS,
  type RoleState,
  stateWords,
  WARNINGS,
} from '../../texts.ts'
import { randomName } from '../link/proof.ts'
import {
  type Feed,
  type FeedEvents,
  type FeedState,
  LinkError,
  RefusedError,
  ReplacedError,
  type Source,
} from '../link/source.ts'
import { lineLimit, TypedLine } from '../terminal/typed-line.ts'
import { shortCommandOf } from './command-line.ts'
import { GLANCE, LONG_GLANCE } from './notice.ts'
import { PaneView } from './pane-view.ts'
import type { Pane } from './roles.ts'
import { NotReadyError, Run } from './run.ts'
import { isActive, roleState } from './states.ts'

const LINE_LIMIT = lineLimit(navigator.platform)

/** What a pane asks of the panel around it. */
export interface PaneHost {
  readonly source: Source
  /** The source answers the page. */
  readonly answering: boolean
  /** The state or the output of a pane changed. */
  changed(): void
  /** To be read by a screen reader. */
  announce(text: string): void
  screenReader(): boolean
  /** The port that the program of this pane asked for is held. */
  portTaken(pane: RolePane, taken: TakenPort): void
  /** The run of a pane did this with its sockets; it ended, with this exit code. */
  traced(pane: RolePane, run: Run, events: readonly PlacedEvent[]): void
  ended(pane: RolePane, run: Run, code: number, observed: boolean): void
  /** The learner chose a line of a terminal, by its bytes. */
  chosen(pane: RolePane, line: { from: number; to: number }): void
  /** As many programs run as may. */
  tooMany(): void
}

export interface PaneOf {
  /** The panel that remembers the session, and the lab that the source knows: they differ for the relay. */
  panelId: string
  labId: string
  lab: Lab
  role: Role
}

export class RolePane implements Pane {
  readonly role: Role
  readonly lab: Lab
  readonly labId: string
  readonly #panelId: string
  readonly #host: PaneHost
  readonly #view: PaneView
  #feed: Feed | null = null
  #kept: KeptSession | null = null
  #state: RoleState = 'idle'
  #run = new Run()
  readonly #line = new TypedLine(LINE_LIMIT)
  /** A launch that is not answered yet: another click joins it. */
  #launching: Promise<void> | null = null
  /** Another terminal has the keyboard of the program shown here. */
  #looking = false
  /** No other page looks at the program. */
  #alone = false

  constructor(host: PaneHost, element: HTMLElement, { panelId, labId, lab, role }: PaneOf) {
    this.#host = host
    this.labId = labId
    this.#panelId = panelId
    this.lab = lab
    this.role = role
    this.#view = new PaneView(element, role, {
      stop: () => void this.stop(),
      clear: () => this.#clear(),
      send: (keys) => this.send(keys),
      resize: (size) => this.#feed?.resize(size),
      warm: () => this.warm(),
      take: (program) => void this.takeUp(program),
      choose: (line) => host.chosen(this, line),
    })
    this.#view.show(this.#state, undefined)
  }

  get element(): HTMLElement {
    return this.#view.element
  }

  get state(): RoleState {
    return this.#state
  }

  /** Whether another page commands the program that this pane shows. */
  get looking(): boolean {
    return this.#looking
  }

  get active(): boolean {
    return isActive(this.#state)
  }

  get ready(): boolean {
    return this.#state === 'ready'
  }

  /** What the role told when it became ready. */
  get values(): Readonly<Record<string, string>> {
    return this.#run.values
  }

  get exitCode(): number | null {
    return this.#run.end?.code ?? null
  }

  /** Unique in the page, another one at each start. */
  get run(): number {
    return this.#run.number
  }

  /** Whether its sockets are observed: an event has come. */
  get observed(): boolean {
    return this.#run.events.length > 0
  }

  /** Lights the line of its terminal that holds this byte of what it printed; null lights none. */
  light(offset: number | null): void {
    const terminal = this.#view.terminal
    if (offset === null) terminal?.unlight()
    else terminal?.light(offset)
  }

  /** The port for want of which the last program ended. */
  get taken(): TakenPort | undefined {
    return this.#run.end?.taken
  }

  /** All that was printed since the last start, as text. */
  get output(): string {
    return this.#run.output
  }

  /**
   * Starts the program anew, with the keyboard in its terminal if `focus`; resolves when it is ready, with what it
   * told. Rejects with a `NotReadyError`. Asked again before the first is answered, it starts one program.
   */
  async start(
    parameters: Record<string, ParameterValue>,
    focus = false,
  ): Promise<Readonly<Record<string, string>>> {
    this.#launching ??= this.#launch(parameters, focus).finally(() => {
      this.#launching = null
    })
    await this.#launching
    return this.#run.ready
  }

  /** Someone is about to launch: what takes time begins now. */
  warm(): void {
    if (this.active) return
    void import('../terminal/terminal.ts').catch(() => {}) // The launch will say it.
    this.#open().prepare()
  }

  /** Ends the program; resolves once it is over. A terminal that only looks leaves it to the other one. */
  async stop(): Promise<void> {
    await this.#launching?.catch(() => {})
    await this.#end()
  }

  /** Sends keys to the program; false when they were not. */
  send(keys: string): boolean {
    const { notice } = this.#view
    if (this.#state === 'ended') notice.show('input', { text: LAB.overRestart, lasts: GLANCE })
    if (!this.active || (this.#looking && !this.#takeIfAlone())) return false
    const tooLong = this.#line.take(keys)
    if (tooLong !== null) {
      notice.show('input', { text: LAB.lineTooLong(tooLong, LINE_LIMIT), error: true, lasts: LONG_GLANCE })
      return false
    }
    const sent = this.#feed?.input(new TextEncoder().encode(keys)) ?? false
    if (!sent) notice.show('input', { text: REFUSALS['input-full']() })
    return sent
  }

  /** Takes up the session that a reload left behind, if there is one; `programs` is all that runs. */
  async resume(programs: readonly LiveProgram[]): Promise<void> {
    const kept = readSession(this.#panelId, this.role.id)
    if (!kept || this.#kept || this.#launching) return
    const viewers = programs.find(({ session }) => session === kept.session)?.viewers ?? 0
    await this.#attach(kept, kept.drive ?? viewers === 0)
  }

  /** Takes up a program that runs elsewhere, and its keyboard. */
  async takeUp({ session, ref: { variant } }: Pick<LiveProgram, 'session' | 'ref'>): Promise<void> {
    if (this.#kept?.session === session && this.#feed) return this.#takeKeyboard()
    this.#leave()
    await this.#attach({ session, from: 0, variant, command: '' }, true)
  }

  /** Lets its program go on without this terminal, and empties it. */
  leave(): void {
    this.#leave()
    this.#newRun()
  }

  /** The variant that it runs, or would. */
  get variant(): VariantId {
    return this.#view.variant
  }

  /** What runs has changed. */
  told(programs: readonly LiveProgram[]): void {
    const ours = programs.find(({ session }) => session === this.#kept?.session)
    this.#alone = ours?.viewers === 1
    if (this.#looking && document.visibilityState === 'visible') this.#takeIfAlone()
  }

  /** Offers or withdraws the C++ variant. */
  offerQt(qt: boolean): void {
    this.#view.offerQt(qt)
  }

  set screenReader(value: boolean) {
    if (this.#view.terminal) this.#view.terminal.screenReader = value
  }

  set pageVisible(value: boolean) {
    this.#feed?.visible(value)
    if (value && this.#looking) this.#takeIfAlone()
  }

  networkBack(): void {
    this.#feed?.retryNow()
  }

  /** Says what happened, above the terminal. */
  get notice() {
    return this.#view.notice
  }

  dispose(): void {
    this.#feed?.dispose()
  }

  async #launch(parameters: Record<string, ParameterValue>, focus: boolean): Promise<void> {
    await this.#end()
    this.#newRun()
    this.#setState('starting')
    const command = shortCommandOf(this.lab, this.role, parameters)
    const { variant } = this.#view
    try {
      const terminal = await this.#openTerminal()
      terminal.note(`$ ${command}`)
      if (focus) this.#view.focus()
      const session = randomName()
      // Remembered before it is asked: a reload finds it, wherever the request stands.
      this.#keep({ session, from: 0, variant, command })
      const ref = { lab: this.labId, role: this.role.id, variant }
      await this.#open().start({ session, ref, parameters, size: terminal.size })
    } catch (error) {
      this.#failed(error)
      throw new NotReadyError(String(error))
    }
  }

  async #attach(kept: KeptSession, drive: boolean): Promise<void> {
    this.#newRun()
    this.#view.variant = kept.variant
    const { drive: _asked, ...lasting } = kept
    this.#keep(lasting)
    try {
      const terminal = await this.#openTerminal()
      await this.#open().attach({ session: kept.session, from: kept.from, drive, size: terminal.size })
      if (kept.command) terminal.note(`$ ${kept.command}`)
    } catch (error) {
      this.#failed(error)
      if (error instanceof RefusedError) this.#view.closeTerminal()
    }
  }

  async #end(): Promise<void> {
    if (!this.active) return
    if (this.#looking) return this.#leave()
    this.#feed?.stop()
    await this.#run.over
  }

  /** Lets the program go on without this terminal. */
  #leave(): void {
    this.#feed?.dispose()
    this.#feed = null
    this.#forget()
    this.#run.finish('left')
    this.#setLooking(false)
    this.#setState('idle')
  }

  #newRun(): void {
    this.#run = new Run()
    this.#line.reset()
    this.#view.notice.clear()
    this.#view.terminal?.reset()
  }

  #openTerminal() {
    return this.#view.openTerminal(this.#host.screenReader())
  }

  #open(): Feed {
    this.#feed ??= this.#host.source.open(this.#events())
    return this.#feed
  }

  #events(): FeedEvents {
    const { notice } = this.#view
    return {
      output: (bytes, replay, consumed) => this.#print(bytes, replay, consumed),
      gap: (bytes) => {
        this.#run.gaps += 1
        this.#view.terminal?.gap(bytes)
      },
      trace: (events, lost) => {
        this.#run.trace(events, lost)
        this.#host.traced(this, this.#run, events)
        this.#host.changed()
      },
      state: (state) => this.#onState(state),
      link: (link) => {
        if (link === 'lost') notice.show('link', { text: LINK.lost })
      },
      resumed: () => {
        const text = this.#run.gaps > 0 ? LINK.resumedWithGap : LINK.resumed
        if (this.active) notice.show('link', { text, lasts: GLANCE })
        else notice.clear('link')
      },
      vanished: () => this.#vanished(),
      driving: (value) => this.#setLooking(!value),
      unheard: (value) => {
        if (value) notice.show('input', { text: LINK.unheard })
        else notice.clear('input')
      },
      refused: (reason, detail) => {
        if (reason === 'looking') this.#setLooking(true)
        else notice.show('input', { text: REFUSALS[reason](detail), error: true })
      },
      problem: (problem) => this.#failed(new LinkError(problem)),
      warning: (reason) => notice.show('end', { text: WARNINGS[reason] }),
    }
  }

  #print(bytes: Uint8Array, replay: boolean, consumed: () => void): void {
    this.#run.print(bytes)
    const from = (this.#feed?.received ?? 0) - bytes.length
    if (this.#view.terminal) this.#view.terminal.write(bytes, replay, consumed, from)
    else consumed()
    this.#host.changed()
  }

  #onState(state: FeedState): void {
    const run = this.#run
    run.end = state.end
    const next = roleState(state, this.role.ready !== undefined)
    if (next === 'ready' || (next === 'ended' && (state.ready || !this.role.ready))) {
      run.becomeReady(state.values)
    }
    this.#setState(next)
    if (next !== 'ended') return
    run.finish(`${this.role.id} ended`)
    if (state.end) this.#host.ended(this, run, state.end.code, state.observed)
    this.#setLooking(false)
    this.#view.notice.clear('link', 'input')
    const text = state.end && END_NOTICES[state.end.reason]
    if (text) this.#view.notice.show('end', { text })
    if (state.end?.taken) this.#host.portTaken(this, state.end.taken)
  }

  #vanished(): void {
    this.#forget()
    this.#run.finish('vanished')
    this.#setLooking(false)
    this.#setState('ended')
    this.#view.notice.show('end', { text: LINK.vanished, error: true })
  }

  /** The program was refused, the link given up, or a part of the page could not be fetched. */
  #failed(error: unknown): void {
    if (error instanceof ReplacedError) return
    this.#forget()
    this.#run.finish(String(error))
    this.#setLooking(false)
    this.#setState(this.#state === 'starting' || this.#state === 'idle' ? 'idle' : 'ended')
    if (error instanceof RefusedError) {
      // A reload that found nothing to take up has nothing to say.
      if (error.reason === 'unknown-session') return
      this.#view.notice.show('end', { text: REFUSALS[error.reason](error.detail), error: true })
      if (error.reason === 'too-many-sessions') this.#host.tooMany()
      return
    }
    this.#feed?.dispose()
    this.#feed = null
    // The same server gives the programs and the parts of the page.
    const missing = this.#host.answering ? LAB.partMissing : LINK.unreachable
    const text = error instanceof LinkError ? LINK[error.problem] : missing
    this.#view.notice.show('end', { text, error: true })
  }

  #setLooking(value: boolean): void {
    if (value === this.#looking) return
    this.#looking = value
    this.#view.look(value)
    this.#view.show(this.#state, this.#run.end)
    this.#view.notice.clear('keyboard')
    this.#host.changed()
    if (!value) return
    const take = { label: KEYBOARD.take, run: () => this.#takeKeyboard() }
    this.#view.notice.show('keyboard', { text: KEYBOARD.elsewhere, actions: [take] })
  }

  #takeKeyboard(): void {
    this.#feed?.drive()
    this.#setLooking(false)
    this.#view.focus()
  }

  /** The page that had the keyboard is gone: it is free. */
  #takeIfAlone(): boolean {
    if (!this.#alone) return false
    this.#feed?.drive()
    this.#setLooking(false)
    return true
  }

  #clear(): void {
    this.#view.terminal?.clear()
    if (this.#kept) this.#keep({ ...this.#kept, from: this.#feed?.received ?? this.#kept.from })
  }

  #keep(kept: KeptSession): void {
    this.#kept = kept
    this.element.dataset.session = kept.session
    writeSession(this.#panelId, this.role.id, kept)
  }

  #forget(): void {
    this.#kept = null
    delete this.element.dataset.session
    writeSession(this.#panelId, this.role.id, null)
  }

  #setState(state: RoleState): void {
    const changed = state !== this.#state
    this.#state = state
    const { end } = this.#run
    this.#view.show(state, end)
    if (changed) this.#host.announce(LAB.announced(this.role.title, stateWords(state, end)))
    this.#host.changed()
  }
}
