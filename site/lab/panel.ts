/** The lab panel: gives life to the HTML that `Lab.astro` has written. One custom element around one lab. */
import type { Activities } from '../../labs/activities.ts'
import type { Lab, Role } from '../../labs/lab.ts'
import type { Stage } from '../../labs/scenario.ts'
import { LAB } from '../texts.ts'
import { Beats } from './beats.ts'
import { Demo } from './demo.ts'
import { ParameterForm } from './form.ts'
import { health } from './health.ts'
import { commandOf, parametersOf, type Told, type Values } from './launch.ts'
import { endLeftovers } from './leftover.ts'
import { type LabRecord, readRecord, readSetting, writeRecord, writeSetting } from './progress.ts'
import { NotReadyError, type PaneHost, RolePane } from './role.ts'
import { dropToken, readToken } from './token.ts'

const LABS = import.meta.glob<{ default: Lab }>('../../labs/*/lab.ts')
const ACTIVITIES = import.meta.glob<{ default: Activities }>('../../labs/*/activites.ts')
const RELAY = 'relais'
/** How long a demonstration waits without any output before it says that nothing came, in ms. */
const PATIENCE = 20_000
const SCREEN_READER = 'lecteur-ecran'

async function load<T>(modules: Record<string, () => Promise<{ default: T }>>, id: string, file: string) {
  return (await modules[`../../labs/${id}/${file}.ts`]?.())?.default
}

class LabPanel extends HTMLElement implements PaneHost {
  #lab!: Lab
  #id = ''
  #record!: LabRecord
  #form!: ParameterForm
  #beats!: Beats
  #panes: RolePane[] = []
  #relay: { pane: RolePane; form: ParameterForm; lab: Lab; role: Role } | null = null
  /** The form as it stood when each role was started. */
  readonly #formAt = new Map<string, Values>()
  #changed = Promise.withResolvers<void>()
  /** Raised by every « Tout lancer », « Tout arrêter » and demonstration: the former sequence gives up. */
  #sequence = 0
  readonly #listening = new AbortController()

  async connectedCallback(): Promise<void> {
    this.#id = this.dataset.id ?? ''
    const [lab, activities, relay] = await Promise.all([
      load(LABS, this.#id, 'lab'),
      load(ACTIVITIES, this.#id, 'activites'),
      load(LABS, RELAY, 'lab'),
    ])
    if (!lab || !this.isConnected) return
    this.#lab = lab
    this.#record = readRecord(this.#id)
    const save = () => writeRecord(this.#id, this.#record)
    this.#form = new ParameterForm(
      this.#find('form[data-parameters]'),
      lab.parameters,
      this.#record.parameters,
      () => {
        this.#record.parameters = this.#form.values
        save()
        this.#showCommands()
      },
    )
    this.#panes = lab.roles.map((role) => this.#pane(this.#id, lab, role))
    if (lab.relay && relay) this.#wireRelay(relay)
    this.#beats = new Beats({
      root: this,
      record: this.#record,
      activities,
      roles: lab.roles.map(({ id }) => id),
      save,
    })
    this.#wireVariants()
    this.#wireActions()
    this.#wireDemo()
    this.#wirePage()
    this.#showCommands()
    this.addEventListener('pointerenter', () => void import('./terminal.ts'), { once: true })
    this.dataset.upgraded = ''
    await this.#meetRunner()
  }

  disconnectedCallback(): void {
    this.#listening.abort()
    for (const pane of this.#allPanes()) pane.dispose()
  }

  // What a pane asks for.

  launch(pane: RolePane): void {
    this.#sequence += 1
    const { faulty } = this.#relay?.pane === pane ? this.#relay.form : this.#form
    if (faulty) {
      this.#pointOut(faulty)
      return
    }
    void this.#launchOne(pane)
  }

  async #launchOne(pane: RolePane): Promise<void> {
    await this.#endLeftovers()
    await this.#start(pane, this.#parametersFor(pane), true).catch(notReady)
  }

  /** The programs that another page has left running would hold the ports. */
  async #endLeftovers(): Promise<void> {
    const present = new Set(
      [...document.querySelectorAll<HTMLElement>('lab-panel')].map(({ dataset }) => dataset.id ?? ''),
    )
    const ended = await endLeftovers(present)
    this.#status(ended.length > 0 ? LAB.leftoversEnded(ended) : '')
  }

  changed(_pane: RolePane): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
    const active = this.#allPanes().some((one) => one.active)
    this.#find('[data-action="stop-all"]').hidden = !active
  }

  announce(text: string): void {
    this.#find('[data-live-region]').textContent = text
  }

  knowsQt(qt: boolean): void {
    for (const pane of this.#allPanes()) pane.offerQt(qt)
    for (const note of this.querySelectorAll<HTMLElement>('[data-qt-missing]')) note.hidden = qt
  }

  screenReader(): boolean {
    return readSetting(SCREEN_READER)
  }

  // Starting.

  #pane(labId: string, lab: Lab, role: Role): RolePane {
    const element = this.#find(`[data-role="${role.id}"]`)
    return new RolePane(this, element, { panelId: this.#id, labId, lab, role })
  }

  #allPanes(): RolePane[] {
    return this.#relay ? [...this.#panes, this.#relay.pane] : this.#panes
  }

  /** In start order, the relay just after the role it stands before. */
  #order(): RolePane[] {
    const relay = this.#relay
    if (!relay || relay.pane.element.hidden) return this.#panes
    const after = this.#panes.findIndex(({ role }) => role.id === this.#lab.relay?.after)
    return this.#panes.toSpliced(after + 1, 0, relay.pane)
  }

  /** What the ready roles before `pane` have told, in start order. */
  #told(pane: RolePane): Told[] {
    const order = this.#order()
    return order
      .slice(0, order.indexOf(pane))
      .filter(({ state }) => state === 'ready')
      .map(({ role, values }) => ({
        role: role.id,
        values,
        form: this.#formAt.get(role.id) ?? this.#form.values,
      }))
  }

  #parametersFor(pane: RolePane): Values {
    const form = this.#form.values
    const relay = this.#relay
    if (relay?.pane !== pane) return parametersOf(this.#lab, pane.role, form, this.#told(pane))
    const after = this.#panes.find(({ role }) => role.id === this.#lab.relay?.after)
    const port = Number(after?.values.port ?? form.port)
    const given: Record<string, string | number | boolean> = { ...relay.form.values, vers: port }
    if (this.#lab.relay && Object.hasOwn(relay.lab.parameters, 'transport')) {
      given.transport = this.#lab.relay.transport
    }
    return Object.fromEntries(Object.entries(given).filter(([key]) => relay.role.parameters.includes(key)))
  }

  async #start(
    pane: RolePane,
    parameters = this.#parametersFor(pane),
    focus = false,
  ): Promise<Record<string, string>> {
    this.#formAt.set(pane.role.id, this.#form.values)
    if (!this.#record.launched.includes(pane.role.id)) {
      this.#record.launched.push(pane.role.id)
      writeRecord(this.#id, this.#record)
      this.#beats.refresh()
    }
    return pane.start({ ...parameters }, focus)
  }

  async #launchAll(): Promise<void> {
    if (this.#form.faulty) return this.#pointOut(this.#form.faulty)
    const sequence = ++this.#sequence
    await this.#endLeftovers()
    await this.#stopEveryone()
    for (const pane of this.#order()) {
      if (sequence !== this.#sequence) return
      try {
        await this.#start(pane)
      } catch (error) {
        notReady(error)
        if (sequence === this.#sequence && pane !== this.#order().at(-1)) {
          this.#status(LAB.endedBeforeReady(pane.role.title))
        }
        return
      }
    }
  }

  /** The last started ends first. */
  async #stopEveryone(): Promise<void> {
    for (const pane of this.#allPanes().toReversed()) await pane.stop()
  }

  // Wiring.

  #wireActions(): void {
    this.#on('launch-all', () => void this.#launchAll())
    this.#on('stop-all', () => {
      this.#sequence += 1
      void this.#stopEveryone()
    })
    this.#toggle('parameters', (open) => {
      this.#find('form[data-parameters]').hidden = !open
    })
    const reader = this.#toggle('screen-reader', (on) => {
      writeSetting(SCREEN_READER, on)
      for (const pane of this.#allPanes()) pane.screenReader = on
    })
    reader?.setAttribute('aria-pressed', String(this.screenReader()))
  }

  #wireVariants(): void {
    for (const select of this.querySelectorAll<HTMLSelectElement>('select[data-variant]')) {
      const role = select.dataset.variant!
      const kept = this.#record.variants[role]
      if (kept && [...select.options].some(({ value }) => value === kept)) select.value = kept
      select.addEventListener('change', () => {
        this.#record.variants[role] = select.value
        writeRecord(this.#id, this.#record)
      })
    }
  }

  #wireRelay(lab: Lab): void {
    const role = lab.roles.find(({ id }) => id === RELAY)
    if (!role || !this.querySelector('[data-action="relay"]')) return
    const form = new ParameterForm(
      this.#find('form[data-relay-parameters]'),
      lab.parameters,
      this.#record.relayParameters,
      () => {
        this.#record.relayParameters = form.values
        writeRecord(this.#id, this.#record)
      },
    )
    const pane = this.#pane(RELAY, lab, role)
    this.#relay = { pane, form, lab, role }
    this.#toggle('relay', (on) => {
      pane.element.hidden = !on
      this.#find('.lab-terminals').dataset.count = String(this.#panes.length + Number(on))
      if (!on) void pane.stop()
      else if (this.#panes.some(({ active }) => active)) this.#status(LAB.relayLater)
    })
  }

  #wireDemo(): void {
    const button = this.querySelector<HTMLElement>('[data-action="demo"]')
    if (!button) return
    const demo = new Demo({
      bar: this.#find('[data-demo-bar]'),
      lab: this.#lab,
      stage: this.#stage(),
      prepare: async () => {
        this.#sequence += 1
        await this.#endLeftovers()
        await this.#stopEveryone()
      },
      show: (role) => {
        for (const pane of this.#panes) pane.element.toggleAttribute('data-current', pane.role.id === role)
      },
      quit: () => {
        for (const pane of this.#panes) pane.element.removeAttribute('data-current')
        button.focus()
      },
    })
    button.addEventListener('click', () => void demo.open())
  }

  /** The terminals of the panel, as the engine of scenarios sees them. */
  #stage(): Stage {
    const find = (role: string) => {
      const pane = this.#panes.find((one) => one.role.id === role)
      if (!pane) throw new RangeError(`unknown role « ${role} »`)
      return pane
    }
    return {
      start: (role, parameters) => this.#startStep(find(role), parameters),
      send: (role, keys) => find(role).send(keys),
      stop: (role) => find(role).stop(),
      output: (role) => find(role).output,
      exitCode: (role) => find(role).exitCode,
      change: () => this.#change(),
    }
  }

  /** A program that ends before being ready is not a failure of the step: what it expects says so. */
  async #startStep(pane: RolePane, parameters: Values): Promise<Record<string, string>> {
    const form = parametersOf(this.#lab, pane.role, this.#form.values, [])
    try {
      return await this.#start(pane, { ...form, ...parameters })
    } catch (error) {
      if (error instanceof NotReadyError && pane.exitCode !== null) return {}
      throw error
    }
  }

  #change(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const timer = setTimeout(() => reject(new Error('nothing came')), PATIENCE)
    void this.#changed.promise.then(() => {
      clearTimeout(timer)
      resolve()
    })
    return promise
  }

  #wirePage(): void {
    const { signal } = this.#listening
    const everyone = (act: (pane: RolePane) => void) => () => this.#allPanes().forEach(act)
    const visible = () => document.visibilityState === 'visible'
    document.addEventListener(
      'visibilitychange',
      everyone((pane) => {
        pane.pageVisible = visible()
      }),
      { signal },
    )
    window.addEventListener(
      'online',
      everyone((pane) => pane.networkBack()),
      { signal },
    )
    document.addEventListener('pd:runner', () => void this.#meetRunner(), { signal })
  }

  async #meetRunner(): Promise<void> {
    if (!readToken()) return
    const runner = await health()
    this.toggleAttribute('data-unreachable', runner === null)
    if (runner === 'token') dropToken()
    if (!runner || runner === 'token') return
    this.knowsQt(runner.qt)
    await Promise.all(this.#allPanes().map((pane) => (pane.state === 'idle' ? pane.resume() : undefined)))
    if (this.#relay && this.#relay.pane.state !== 'idle')
      this.querySelector<HTMLElement>('[data-action="relay"]')?.click()
  }

  // Showing.

  #showCommands(): void {
    const form = this.#form.values
    for (const pane of this.#panes) {
      const element = pane.element.querySelector('[data-command]')
      if (element)
        element.textContent = commandOf(
          this.#lab,
          this.#id,
          pane.role,
          parametersOf(this.#lab, pane.role, form, []),
        )
    }
  }

  #pointOut(field: HTMLElement): void {
    const button = this.querySelector('[data-action="parameters"]')
    if (button?.getAttribute('aria-expanded') === 'false') (button as HTMLElement).click()
    this.#status(LAB.invalidParameters)
    field.focus()
  }

  #status(text: string): void {
    this.#find('[data-status]').textContent = text
  }

  #find(selector: string): HTMLElement & HTMLFormElement {
    return this.querySelector<HTMLElement & HTMLFormElement>(selector)!
  }

  #on(action: string, run: () => void): void {
    this.querySelector(`[data-action="${action}"]`)?.addEventListener('click', run)
  }

  /** A button that stays down: `aria-pressed`, or `aria-expanded` when it shows something. */
  #toggle(action: string, set: (on: boolean) => void): Element | null {
    const button = this.querySelector(`[data-action="${action}"]`)
    const attribute = button?.hasAttribute('aria-expanded') ? 'aria-expanded' : 'aria-pressed'
    button?.addEventListener('click', () => {
      const on = button.getAttribute(attribute) !== 'true'
      button.setAttribute(attribute, String(on))
      set(on)
    })
    return button
  }
}

/** A role that was not ready has already said why in its pane. */
function notReady(error: unknown): void {
  if (!(error instanceof NotReadyError)) throw error
}

customElements.define('lab-panel', LabPanel)
