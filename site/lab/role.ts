/**
 * One role of the panel: its pane in the page, its terminal and its link with the runner.
 * Everything it shows is already in the HTML; this file wires it.
 */
import type { Lab, ParameterValue, Role, VariantId } from '../../labs/lab.ts'
import type { End } from '../../runner/protocol.ts'
import { END_NOTICES, LAB, LINK, REFUSALS, type RoleState, stateWords, WARNINGS } from '../texts.ts'
import { copyText } from './clipboard.ts'
import { Connection } from './connection.ts'
import { clientName, runnerUrl } from './health.ts'
import { shortCommandOf } from './launch.ts'
import { LinkError, RefusedError, type SessionState, type Size } from './link.ts'
import { plainText } from './plain.ts'
import { type KeptSession, readSession, writeSession } from './progress.ts'
import { showInline } from './show.ts'
import { roleState } from './states.ts'
import type { TerminalView } from './terminal.ts'
import { dropToken, readToken } from './token.ts'

const ACTIVE: readonly RoleState[] = ['building', 'starting', 'running', 'ready', 'stopping']
/** Characters of output kept for what a demonstration observes. */
const LOG_MAX = 1_048_576
/** Characters of output printed on paper, and how long they wait, in ms. */
const PAPER_MAX = 20_000
const PAPER_DELAY = 100

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

/** The program ended, or was refused, before being ready. */
export class NotReadyError extends Error {}

export class RolePane {
  readonly role: Role
  readonly lab: Lab
  /** The lab that the runner knows, and the panel that remembers the session: they differ for the relay. */
  readonly labId: string
  readonly #panelId: string
  readonly element: HTMLElement
  readonly #host: PaneHost
  #view: TerminalView | null = null
  #connection: Connection | null = null
  #kept: KeptSession | null = null
  #state: RoleState = 'idle'
  #end: End | undefined
  #values: Record<string, string> = {}
  #log = ''
  #decoder = new TextDecoder()
  #gaps = 0
  #paperTimer: ReturnType<typeof setTimeout> | undefined
  #readiness = Promise.withResolvers<Record<string, string>>()
  #over = Promise.withResolvers<void>()

  constructor(
    host: PaneHost,
    element: HTMLElement,
    { panelId, labId, lab, role }: { panelId: string; labId: string; lab: Lab; role: Role },
  ) {
    this.#host = host
    this.element = element
    this.labId = labId
    this.#panelId = panelId
    this.lab = lab
    this.role = role
    this.#readiness.promise.catch(() => {})
    this.#wire()
    this.#show()
  }

  get state(): RoleState {
    return this.#state
  }

  get active(): boolean {
    return ACTIVE.includes(this.#state)
  }

  /** What the role told when it became ready. */
  get values(): Readonly<Record<string, string>> {
    return this.#values
  }

  get exitCode(): number | null {
    return this.#end?.code ?? null
  }

  /** All that was printed since the last start, as text. */
  get output(): string {
    return plainText(this.#log)
  }

  get variant(): VariantId {
    const select = this.element.querySelector('select')
    return (select?.value as VariantId | undefined) ?? this.role.variants[0] ?? 'ts'
  }

  /**
   * Starts the program anew, with the keyboard in its terminal if `focus`; resolves when it is ready, with what it
   * told. Rejects with a `NotReadyError`.
   */
  async start(parameters: Record<string, ParameterValue>, focus = false): Promise<Record<string, string>> {
    if (this.active) await this.stop()
    this.#readiness = Promise.withResolvers()
    this.#readiness.promise.catch(() => {})
    this.#over = Promise.withResolvers()
    this.#end = undefined
    this.#values = {}
    this.#log = ''
    this.#decoder = new TextDecoder()
    this.#gaps = 0
    this.#notice(null)
    this.#setState('starting')
    const command = shortCommandOf(this.lab, this.role, parameters)
    try {
      const [view] = await Promise.all([this.#open(), this.#link().connect()])
      view.reset()
      view.note(`$ ${command}`)
      if (focus) this.#focus()
      const ref = { lab: this.labId, role: this.role.id, variant: this.variant }
      const session = await this.#link().start(ref, parameters, view.size)
      this.#keep({ session, from: 0, variant: this.variant, command })
    } catch (error) {
      this.#failed(error)
      throw new NotReadyError(String(error))
    }
    return this.#readiness.promise
  }

  /** Someone is about to launch: what takes time begins now. */
  warm(): void {
    if (this.active || !readToken()) return
    void import('./terminal.ts')
    this.#link()
      .connect()
      .catch(() => {}) // The launch will say it.
  }

  /** Ends the program; resolves once it is over. */
  async stop(): Promise<void> {
    if (!this.active) return
    this.#connection?.stop()
    await this.#over.promise
  }

  /** Sends keys to the program. */
  send(keys: string): void {
    const accepted = this.#connection?.input(new TextEncoder().encode(keys)) ?? false
    if (!accepted && this.active) this.#notice(REFUSALS['input-full']())
  }

  /** Takes again the session that a reload left behind, if there is one. */
  async resume(): Promise<void> {
    const kept = readSession(this.#panelId, this.role.id)
    if (!kept || !readToken()) return
    this.#kept = kept
    const select = this.element.querySelector('select')
    if (select && this.role.variants.includes(kept.variant as VariantId)) select.value = kept.variant
    const view = await this.#open()
    view.note(`$ ${kept.command}`)
    try {
      await this.#link().attach(kept.session, kept.from, view.size)
      this.#notice(this.#gaps > 0 ? LINK.resumedWithGap : LINK.resumed)
    } catch (error) {
      writeSession(this.#panelId, this.role.id, null)
      if (error instanceof LinkError) this.#failed(error)
    }
  }

  /** Offers or withdraws the C++ variant. */
  offerQt(qt: boolean): void {
    const option = this.element.querySelector<HTMLOptionElement>('option[value="qt"]')
    if (!option) return
    option.disabled = !qt
    if (!qt && option.selected) option.parentElement?.querySelector<HTMLOptionElement>('option')?.click()
    const select = this.element.querySelector('select')
    if (!qt && select?.value === 'qt') select.value = this.role.variants.find((id) => id !== 'qt') ?? 'qt'
  }

  set screenReader(value: boolean) {
    if (this.#view) this.#view.screenReader = value
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

  #wire(): void {
    const actions: Record<string, () => void> = {
      launch: () => this.#host.launch(this),
      restart: () => this.#host.launch(this),
      stop: () => void this.stop(),
      clear: () => this.#clear(),
      copy: () => void this.#copy(),
      interrupt: () => this.send('\x03'),
    }
    this.element.addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest<HTMLElement>('[data-action]') : null
      if (button) actions[button.dataset.action ?? '']?.()
    })
    for (const button of this.element.querySelectorAll('[data-action="launch"]')) {
      for (const type of ['pointerenter', 'focus']) button.addEventListener(type, () => this.warm())
    }
    this.element.querySelector('form[data-line]')?.addEventListener('submit', (event) => {
      event.preventDefault()
      const input = this.element.querySelector<HTMLInputElement>('form[data-line] input')!
      this.send(`${input.value}\r`)
      input.value = ''
    })
  }

  async #open(): Promise<TerminalView> {
    if (this.#view) return this.#view
    const { TerminalView } = await import('./terminal.ts')
    this.element.dataset.opened = ''
    this.#view ??= await TerminalView.open({
      host: this.element.querySelector<HTMLElement>('[data-host]')!,
      label: LAB.terminalLabel(this.role.title),
      screenReader: this.#host.screenReader(),
      onInput: (text) => this.send(text),
      onResize: (size: Size) => this.#connection?.resize(size),
      // After the terminal, so that Tab goes on and Shift+Tab comes back.
      onLeave: () => this.element.querySelector<HTMLElement>('[data-exit]')?.focus(),
    })
    return this.#view
  }

  /** Where one types; a touch screen would cover the page with its keyboard. */
  #focus(): void {
    if (!matchMedia('(pointer: coarse)').matches) this.#view?.focus()
  }

  #link(): Connection {
    this.#connection ??= new Connection({
      url: runnerUrl(),
      token: readToken() ?? '',
      client: clientName(),
      events: {
        output: (bytes, replay, consumed) => this.#print(bytes, replay, consumed),
        gap: (bytes) => {
          this.#gaps += 1
          this.#view?.gap(bytes)
        },
        state: (state) => this.#onState(state),
        link: (link) => {
          if (link === 'lost') this.#notice(LINK.lost)
        },
        resumed: () => this.#notice(this.#gaps > 0 ? LINK.resumedWithGap : LINK.resumed),
        vanished: () => this.#vanished(),
        refused: (reason, detail) => this.#notice(REFUSALS[reason](detail)),
        problem: (problem) => this.#failed(new LinkError(problem)),
        warning: (reason) => this.#notice(WARNINGS[reason]),
        welcome: ({ qt }) => this.#host.knowsQt(qt),
      },
    })
    return this.#connection
  }

  #print(bytes: Uint8Array, replay: boolean, consumed: () => void): void {
    this.#log += this.#decoder.decode(bytes, { stream: true })
    if (this.#log.length > LOG_MAX) this.#log = this.#log.slice(-LOG_MAX / 2)
    if (this.#view) this.#view.write(bytes, replay, consumed)
    else consumed()
    this.#paperTimer ??= setTimeout(() => this.#showPaper(), PAPER_DELAY)
    this.#host.changed()
  }

  /** The same text for paper and for what reads the page. */
  #showPaper(): void {
    this.#paperTimer = undefined
    this.element.querySelector('[data-output]')!.textContent = plainText(this.#log.slice(-PAPER_MAX))
  }

  #onState(state: SessionState): void {
    this.#end = state.end
    const next = roleState(state, this.role.ready !== undefined)
    const ready = next === 'ready' || (next === 'ended' && (state.ready || !this.role.ready))
    if (ready) this.#values = state.values
    this.#setState(next)
    if (ready) this.#readiness.resolve(state.values)
    if (next !== 'ended') return
    this.#readiness.reject(new NotReadyError(`${this.role.id} ended`))
    this.#over.resolve()
    const notice = state.end && END_NOTICES[state.end.reason]
    if (notice) this.#notice(notice)
  }

  #vanished(): void {
    writeSession(this.#panelId, this.role.id, null)
    this.#kept = null
    this.#readiness.reject(new NotReadyError('vanished'))
    this.#over.resolve()
    this.#setState('ended')
    this.#notice(LINK.vanished)
  }

  /** The start was refused, or the link given up. */
  #failed(error: unknown): void {
    if (error instanceof LinkError) {
      this.#notice(LINK[error.problem])
      if (error.problem === 'token') dropToken()
      this.#connection?.dispose()
      this.#connection = null
    } else if (!(error instanceof RefusedError)) throw error
    this.#readiness.reject(new NotReadyError(String(error)))
    this.#over.resolve()
    this.#setState(this.#state === 'starting' || this.#state === 'idle' ? 'idle' : 'ended')
  }

  #clear(): void {
    this.#view?.clear()
    if (this.#kept) this.#keep({ ...this.#kept, from: this.#connection?.received ?? this.#kept.from })
  }

  async #copy(): Promise<void> {
    const copied = await copyText(this.#view?.text() ?? '')
    this.#notice(copied ? LAB.copied : LAB.copyFailed)
  }

  #keep(kept: KeptSession): void {
    this.#kept = kept
    writeSession(this.#panelId, this.role.id, kept)
  }

  #notice(text: string | null): void {
    const element = this.element.querySelector<HTMLElement>('[data-notice]')
    if (element) showInline(element, text ?? '')
  }

  #setState(state: RoleState): void {
    const changed = state !== this.#state
    this.#state = state
    this.#show()
    if (changed) this.#host.announce(LAB.announced(this.role.title, stateWords(state, this.#end)))
    this.#host.changed()
  }

  #show(): void {
    this.element.dataset.state = this.#state
    this.element.querySelector('[data-words]')!.textContent = stateWords(this.#state, this.#end)
    const enable = (action: string, enabled: boolean) => {
      for (const button of this.element.querySelectorAll<HTMLButtonElement>(`[data-action="${action}"]`)) {
        button.disabled = !enabled
      }
    }
    enable('launch', !this.active)
    enable('stop', this.active && this.#state !== 'stopping')
    enable('restart', this.#state !== 'idle')
    enable('interrupt', this.active)
    const select = this.element.querySelector('select')
    if (select) select.disabled = this.active
  }
}
