/** One role of the panel: starts, stops and takes up its program, and shows it in its pane. */
import type { Lab, ParameterValue, Role, VariantId } from '../../../labs/lab.ts'
import type { PlacedEvent } from '../../../labs/trace.ts'
import type { LiveProgram, ProgramRef, TakenPort } from '../../../runner/protocol.ts'
import type { KeptSession } from '../../learner/sessions.ts'
import { LAB, type RoleState, stateWords } from '../../texts.ts'
import { randomName } from '../link/proof.ts'
import {
  type Feed,
  type FeedEvents,
  type FeedState,
  LinkError,
  RefusedError,
  ReplacedError,
} from '../link/source.ts'
import { lineLimit, TypedLine } from '../terminal/typed-line.ts'
import { shortCommandOf } from './command-line.ts'
import { Keyboard } from './keyboard.ts'
import type { PaneHost, PaneOf } from './pane-host.ts'
import { PaneNotices } from './pane-notices.ts'
import { PaneView } from './pane-view.ts'
import { RememberedSession } from './remembered.ts'
import type { Pane } from './roles.ts'
import { type Launched, NotReadyError, Run } from './run.ts'
import { isActive, roleState } from './states.ts'
import { choiceOf } from './variant-choice.ts'

const LINE_LIMIT = lineLimit(navigator.platform)

export class RolePane implements Pane {
  readonly role: Role
  readonly lab: Lab
  readonly labId: string
  readonly #host: PaneHost
  readonly #judge: PaneOf['judge']
  readonly #view: PaneView
  readonly #session: RememberedSession
  readonly #keyboard: Keyboard
  readonly #notices: PaneNotices
  #feed: Feed | null = null
  #state: RoleState = 'idle'
  #run = new Run()
  readonly #line = new TypedLine(LINE_LIMIT)
  /** A launch that is not answered yet: another click joins it. */
  #launching: Promise<void> | null = null

  constructor(host: PaneHost, element: HTMLElement, { panelId, labId, lab, role, judge }: PaneOf) {
    this.#host = host
    this.labId = labId
    this.lab = lab
    this.role = role
    this.#judge = judge
    this.#view = new PaneView(element, role, {
      stop: () => void this.stop(),
      clear: () => this.#clear(),
      send: (keys) => this.send(keys),
      resize: (size) => this.#feed?.resize(size),
      warm: () => this.warm(),
      take: (program) => void this.takeUp(program),
      choose: (line) => host.chosen(this, line),
    })
    this.#notices = new PaneNotices(this.#view.notice)
    this.#session = new RememberedSession(element, panelId, role.id)
    this.#keyboard = new Keyboard(this.#view, {
      drive: () => this.#feed?.drive(),
      changed: () => {
        this.#view.show(this.#state, this.#run.end)
        host.changed()
      },
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
    return this.#keyboard.looking
  }

  /** How far its build is, while it is built. */
  get building(): FeedState['building'] {
    return this.#run.building
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

  /** Resolves once the program is over, or once the pane has left it. */
  get over(): Promise<void> {
    return this.#run.over
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

  /** What was launched last. */
  get launched(): Launched | null {
    return this.#run.launched
  }

  /** All that was printed since the last start, as text. */
  get output(): string {
    return this.#run.output
  }

  /** How much was printed since the last start, in bytes. */
  get printed(): number {
    return this.#run.printed
  }

  /** It will be launched after this role, which is not ready; null when it waits for none. */
  waitFor(role: string | null): void {
    this.#view.waitFor(role)
    this.#view.show(this.#state, this.#run.end, this.#run.building)
  }

  /** Shows only its head and its last line, or all of it. True when that changes its size. */
  fold(folded: boolean): boolean {
    return this.#view.fold(folded, () => this.#run.lastLine)
  }

  /** What its sockets have done since the last start, the last events kept; null when they are not observed. */
  get events(): readonly PlacedEvent[] | null {
    return this.#run.unobserved ? null : this.#run.events
  }

  /**
   * Starts the program anew, with the keyboard offered to its terminal if `focus`; resolves when it is ready, with what it
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
    if (this.#state === 'ended') this.#notices.overRestart()
    if (!this.active || !this.#keyboard.mayType()) return false
    const tooLong = this.#line.take(keys)
    if (tooLong !== null) {
      this.#notices.lineTooLong(tooLong, LINE_LIMIT)
      return false
    }
    const sent = this.#feed?.input(new TextEncoder().encode(keys)) ?? false
    if (!sent) this.#notices.inputFull()
    return sent
  }

  /** Takes up the session that a reload left behind, if there is one; `programs` is all that runs. */
  async resume(programs: readonly LiveProgram[]): Promise<void> {
    const kept = this.#session.left()
    if (!kept || this.#session.kept || this.#launching) return
    const viewers = programs.find(({ session }) => session === kept.session)?.viewers ?? 0
    await this.#attach(kept, kept.drive ?? viewers === 0)
  }

  /** Takes up a program that runs elsewhere, and its keyboard; after a reload too if `remembered`. */
  async takeUp({ session, ref }: Pick<LiveProgram, 'session' | 'ref'>, remembered = true): Promise<void> {
    if (this.#session.is(session) && this.#feed) return this.#keyboard.take()
    this.#leave()
    await this.#attach({ session, from: 0, variant: choiceOf(ref), command: '' }, true, remembered)
  }

  /** Lets its program go on without this terminal, in place of which its command is shown again. */
  leave(): void {
    this.#leave()
    this.#newRun()
    this.#view.closeTerminal()
  }

  /** The variant that it runs, or would. */
  get variant(): VariantId {
    return this.#view.choice.variant
  }

  /** Which program it launches, as `choiceOf` says it. */
  get choice(): string {
    return this.#view.choice.value
  }

  set choice(value: string) {
    this.#view.choice.value = value
    this.#view.show(this.#state, this.#run.end)
  }

  /** Offers the learner's copies of these variants. */
  offerCopies(variants: readonly VariantId[]): void {
    this.#view.choice.offerCopies(variants)
    this.#view.show(this.#state, this.#run.end)
  }

  /** What runs has changed. */
  told(programs: readonly LiveProgram[]): void {
    this.#keyboard.viewers = programs.find(({ session }) => this.#session.is(session))?.viewers ?? 0
  }

  /** Offers or withdraws the C++ variant, or a recorded run in its place. */
  offerQt(qt: boolean, recorded: boolean): void {
    this.#view.choice.offerQt(qt, recorded)
  }

  set screenReader(value: boolean) {
    if (this.#view.terminal) this.#view.terminal.screenReader = value
  }

  set pageVisible(value: boolean) {
    this.#feed?.visible(value)
    if (value) this.#keyboard.takeIfAlone()
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
    const { variant, value, copy } = this.#view.choice
    const ref = this.#ref
    this.#run.launched = { variant, copy, given: parameters }
    const command =
      this.#judge?.command ?? shortCommandOf(this.lab, this.role, parameters) + (ref.copy ? ' --le-mien' : '')
    try {
      const terminal = await this.#openTerminal()
      terminal.note(`$ ${command}`)
      if (focus) this.#view.offerFocus()
      const session = randomName()
      // Remembered before it is asked: a reload finds it, wherever the request stands.
      this.#session.keep({ session, from: 0, variant: value || variant, command })
      await this.#open().start({ session, ref, parameters, size: terminal.size })
    } catch (error) {
      this.#failed(error)
      throw new NotReadyError(String(error))
    }
  }

  /** The program that it starts. */
  get #ref(): ProgramRef {
    const { variant, copy } = this.#view.choice
    const program = { lab: this.labId, variant }
    if (this.#judge) return { ...program, role: this.role.program, check: true }
    return { ...program, role: this.role.id, ...(copy && { copy: true }) }
  }

  async #attach(kept: KeptSession, drive: boolean, remembered = true): Promise<void> {
    this.#newRun()
    this.#view.choice.value = kept.variant
    this.#run.launched = { variant: this.variant, copy: this.#view.choice.copy, given: null }
    const { drive: _asked, ...lasting } = kept
    if (remembered) this.#session.keep(lasting)
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
    if (this.looking) return this.#leave()
    this.#feed?.stop()
    await this.#run.over
  }

  /** Lets the program go on without this terminal. */
  #leave(): void {
    this.#feed?.dispose()
    this.#feed = null
    this.#session.forget()
    this.#run.finish('left')
    this.#keyboard.look(false)
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
    const notices = this.#notices
    return {
      output: (bytes, replay, consumed) => this.#print(bytes, replay, consumed),
      gap: (bytes) => {
        this.#run.gaps += 1
        this.#view.terminal?.gap(bytes)
      },
      trace: (events, lost) => {
        this.#run.trace(events, lost)
        this.#host.traced(this, this.#run, events)
      },
      state: (state) => this.#onState(state),
      link: (link) => {
        if (link === 'lost') notices.linkLost()
      },
      resumed: () => notices.resumed(this.active, this.#run.gaps > 0),
      vanished: () => this.#vanished(),
      driving: (value) => this.#keyboard.look(!value),
      unheard: (value) => notices.unheard(value),
      refused: (reason, detail) => {
        if (reason === 'looking') this.#keyboard.look(true)
        else notices.refused(reason, detail)
      },
      problem: (problem) => this.#failed(new LinkError(problem)),
      warning: () => notices.endsSoon(),
    }
  }

  #print(bytes: Uint8Array, replay: boolean, consumed: () => void): void {
    this.#run.print(bytes)
    this.#judge?.printed(bytes)
    const from = (this.#feed?.received ?? 0) - bytes.length
    if (this.#view.terminal) this.#view.terminal.write(bytes, replay, consumed, from)
    else consumed()
    this.#host.printed()
  }

  #onState(state: FeedState): void {
    const run = this.#run
    run.end = state.end
    run.unobserved = !state.observed && (state.ready || state.end !== undefined)
    run.building = state.building
    const next = roleState(state, this.role.ready !== undefined)
    if (next === 'ready' || (next === 'ended' && (state.ready || !this.role.ready))) {
      run.becomeReady(state.values)
    }
    this.#setState(next)
    if (next !== 'ended') return
    run.finish(`${this.role.id} ended`)
    // What a judge has said is kept elsewhere, once.
    if (this.#judge) this.#session.forget()
    if (state.end) this.#host.ended(this, run, state.end.code, state.observed)
    if (state.end?.code)
      this.element.dispatchEvent(new CustomEvent('pd:failed', { detail: run, bubbles: true }))
    this.#keyboard.look(false)
    this.#notices.ended(state.end?.reason)
    if (state.end?.taken) this.#host.portTaken(this, state.end.taken)
  }

  #vanished(): void {
    this.#session.forget()
    this.#run.finish('vanished')
    this.#keyboard.look(false)
    this.#setState('ended')
    this.#notices.vanished()
  }

  /** The program was refused, the link given up, or a part of the page could not be fetched. */
  #failed(error: unknown): void {
    if (error instanceof ReplacedError) return
    this.#session.forget()
    this.#run.finish(String(error))
    this.#keyboard.look(false)
    this.#setState(this.#state === 'starting' || this.#state === 'idle' ? 'idle' : 'ended')
    const refused = error instanceof RefusedError
    if (!refused) {
      this.#feed?.dispose()
      this.#feed = null
    }
    this.#notices.failed(error, this.#host.answering)
    if (refused && error.reason === 'too-many-sessions') this.#host.tooMany()
  }

  #clear(): void {
    this.#view.terminal?.clear()
    if (this.#feed) this.#session.showFrom(this.#feed.received)
  }

  #setState(state: RoleState): void {
    const changed = state !== this.#state
    this.#state = state
    const { end, building } = this.#run
    this.#view.show(state, end, building)
    if (changed) this.#host.announce(LAB.announced(this.role.title, stateWords(state, end)))
    this.#host.changed()
  }
}
