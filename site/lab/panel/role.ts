/** One role of the panel: starts, stops and takes again its program, and shows it in its pane. */
import type { Lab, ParameterValue, Role } from '../../../labs/lab.ts'
import { type KeptSession, readSession, writeSession } from '../../learner/sessions.ts'
import { END_NOTICES, LAB, LINK, REFUSALS, type RoleState, stateWords, WARNINGS } from '../../texts.ts'
import { Connection } from '../link/connection.ts'
import { type ConnectionEvents, LinkError, RefusedError, type SessionState } from '../link/events.ts'
import { clientName, runnerUrl } from '../link/health.ts'
import { dropToken, readToken } from '../link/token.ts'
import { shortCommandOf } from './command-line.ts'
import { PaneView } from './pane-view.ts'
import type { Pane } from './roles.ts'
import { NotReadyError, Run } from './run.ts'
import { isActive, roleState } from './states.ts'

/** What a pane asks of the panel around it. */
export interface PaneHost {
  /** « Lancer » and « Relancer »: the panel knows the parameters. */
  launch(pane: RolePane): void
  /** The state or the output of a pane changed. */
  changed(): void
  /** To be read by a screen reader. */
  announce(text: string): void
  knowsQt(qt: boolean): void
  screenReader(): boolean
}

export class RolePane implements Pane {
  readonly role: Role
  readonly lab: Lab
  /** The lab that the runner knows, and the panel that remembers the session: they differ for the relay. */
  readonly labId: string
  readonly #panelId: string
  readonly #host: PaneHost
  readonly #view: PaneView
  #connection: Connection | null = null
  #kept: KeptSession | null = null
  #state: RoleState = 'idle'
  #run = new Run()

  constructor(
    host: PaneHost,
    element: HTMLElement,
    { panelId, labId, lab, role }: { panelId: string; labId: string; lab: Lab; role: Role },
  ) {
    this.#host = host
    this.labId = labId
    this.#panelId = panelId
    this.lab = lab
    this.role = role
    this.#view = new PaneView(element, role, {
      launch: () => host.launch(this),
      stop: () => void this.stop(),
      clear: () => this.#clear(),
      send: (keys) => this.send(keys),
      resize: (size) => this.#connection?.resize(size),
      warm: () => this.warm(),
    })
    this.#view.show(this.#state, undefined)
  }

  get element(): HTMLElement {
    return this.#view.element
  }

  get state(): RoleState {
    return this.#state
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

  /** All that was printed since the last start, as text. */
  get output(): string {
    return this.#run.output
  }

  /**
   * Starts the program anew, with the keyboard in its terminal if `focus`; resolves when it is ready, with what it
   * told. Rejects with a `NotReadyError`.
   */
  async start(
    parameters: Record<string, ParameterValue>,
    focus = false,
  ): Promise<Readonly<Record<string, string>>> {
    if (this.active) await this.stop()
    this.#run = new Run()
    this.#view.notice(null)
    this.#setState('starting')
    const command = shortCommandOf(this.lab, this.role, parameters)
    try {
      const [terminal] = await Promise.all([this.#openTerminal(), this.#link().connect()])
      terminal.reset()
      terminal.note(`$ ${command}`)
      if (focus) this.#view.focus()
      const { variant } = this.#view
      const ref = { lab: this.labId, role: this.role.id, variant }
      const session = await this.#link().start(ref, parameters, terminal.size)
      this.#keep({ session, from: 0, variant, command })
    } catch (error) {
      this.#failed(error)
      throw new NotReadyError(String(error))
    }
    return this.#run.ready
  }

  /** Someone is about to launch: what takes time begins now. */
  warm(): void {
    if (this.active || !readToken()) return
    void import('../terminal/terminal.ts')
    this.#link()
      .connect()
      .catch(() => {}) // The launch will say it.
  }

  /** Ends the program; resolves once it is over. */
  async stop(): Promise<void> {
    if (!this.active) return
    this.#connection?.stop()
    await this.#run.over
  }

  /** Sends keys to the program. */
  send(keys: string): void {
    const accepted = this.#connection?.input(new TextEncoder().encode(keys)) ?? false
    if (!accepted && this.active) this.#view.notice(REFUSALS['input-full']())
  }

  /** Takes again the session that a reload left behind, if there is one. */
  async resume(): Promise<void> {
    const kept = readSession(this.#panelId, this.role.id)
    if (!kept || !readToken()) return
    this.#kept = kept
    this.#view.variant = kept.variant
    const terminal = await this.#openTerminal()
    terminal.note(`$ ${kept.command}`)
    try {
      await this.#link().attach(kept.session, kept.from, terminal.size)
      this.#resumed()
    } catch (error) {
      writeSession(this.#panelId, this.role.id, null)
      if (error instanceof LinkError) this.#failed(error)
    }
  }

  /** Offers or withdraws the C++ variant. */
  offerQt(qt: boolean): void {
    this.#view.offerQt(qt)
  }

  set screenReader(value: boolean) {
    if (this.#view.terminal) this.#view.terminal.screenReader = value
  }

  set pageVisible(value: boolean) {
    this.#connection?.visible(value)
  }

  networkBack(): void {
    this.#connection?.retryNow()
  }

  dispose(): void {
    this.#connection?.dispose()
  }

  #openTerminal() {
    return this.#view.openTerminal(this.#host.screenReader())
  }

  #link(): Connection {
    this.#connection ??= new Connection({
      url: runnerUrl(),
      token: readToken() ?? '',
      client: clientName(),
      events: this.#events(),
    })
    return this.#connection
  }

  #events(): ConnectionEvents {
    return {
      output: (bytes, replay, consumed) => this.#print(bytes, replay, consumed),
      gap: (bytes) => {
        this.#run.gaps += 1
        this.#view.terminal?.gap(bytes)
      },
      state: (state) => this.#onState(state),
      link: (link) => {
        if (link === 'lost') this.#view.notice(LINK.lost)
      },
      resumed: () => this.#resumed(),
      vanished: () => this.#vanished(),
      refused: (reason, detail) => this.#view.notice(REFUSALS[reason](detail)),
      problem: (problem) => this.#failed(new LinkError(problem)),
      warning: (reason) => this.#view.notice(WARNINGS[reason]),
      welcome: ({ qt }) => this.#host.knowsQt(qt),
    }
  }

  #print(bytes: Uint8Array, replay: boolean, consumed: () => void): void {
    this.#run.print(bytes)
    if (this.#view.terminal) this.#view.terminal.write(bytes, replay, consumed)
    else consumed()
    this.#view.showPaper(() => this.#run.paper)
    this.#host.changed()
  }

  #resumed(): void {
    this.#view.notice(this.#run.gaps > 0 ? LINK.resumedWithGap : LINK.resumed)
  }

  #onState(state: SessionState): void {
    const run = this.#run
    run.end = state.end
    const next = roleState(state, this.role.ready !== undefined)
    if (next === 'ready' || (next === 'ended' && (state.ready || !this.role.ready))) {
      run.becomeReady(state.values)
    }
    this.#setState(next)
    if (next !== 'ended') return
    run.finish(`${this.role.id} ended`)
    const notice = state.end && END_NOTICES[state.end.reason]
    if (notice) this.#view.notice(notice)
  }

  #vanished(): void {
    writeSession(this.#panelId, this.role.id, null)
    this.#kept = null
    this.#run.finish('vanished')
    this.#setState('ended')
    this.#view.notice(LINK.vanished)
  }

  /** The start was refused, or the link given up. */
  #failed(error: unknown): void {
    if (error instanceof LinkError) {
      this.#view.notice(LINK[error.problem])
      if (error.problem === 'token') dropToken()
      this.#connection?.dispose()
      this.#connection = null
    } else if (!(error instanceof RefusedError)) throw error
    this.#run.finish(String(error))
    this.#setState(this.#state === 'starting' || this.#state === 'idle' ? 'idle' : 'ended')
  }

  #clear(): void {
    this.#view.terminal?.clear()
    if (this.#kept) this.#keep({ ...this.#kept, from: this.#connection?.received ?? this.#kept.from })
  }

  #keep(kept: KeptSession): void {
    this.#kept = kept
    writeSession(this.#panelId, this.role.id, kept)
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
