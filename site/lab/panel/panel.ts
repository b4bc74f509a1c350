/** The lab panel: gives life to the HTML that `Panel.astro` has written. One custom element around one lab. */
import type { Activities } from '../../../labs/activities.ts'
import type { Lab, ParameterValue } from '../../../labs/lab.ts'
import type { PlacedEvent } from '../../../labs/trace.ts'
import type { LiveProgram, TakenPort } from '../../../runner/protocol.ts'
import { type LabRecord, readRecord, writeRecord } from '../../learner/labs.ts'
import { readSession } from '../../learner/sessions.ts'
import { MODIFY } from '../../texts/modify.ts'
import { SIMULATED } from '../../texts/simulated.ts'
import { WIRE } from '../../texts/wire.ts'
import { LAB, LINK, QT_INSTALL } from '../../texts.ts'
import { loadActivities, loadLab } from '../catalogue.ts'
import type { RecordingSource } from '../link/recording.ts'
import type { Source, SourceLink, SourceStatus } from '../link/source.ts'
import { workFiles } from '../link/work-files.ts'
import { openRunning } from '../running/popover.ts'
import { Beats } from './beats.ts'
import { Checks } from './checks.ts'
import { commandOf, parametersOf } from './command-line.ts'
import { Controls } from './controls.ts'
import { Demo } from './demo.ts'
import { DemoOrder } from './demo-order.ts'
import { Editing } from './editing.ts'
import { enliven } from './enliven.ts'
import { Folding } from './folding.ts'
import { ParameterForm } from './form.ts'
import { hubOf } from './hub.ts'
import { LaunchButtons } from './launch-buttons.ts'
import { placePopovers } from './menu.ts'
import { Modified } from './modified.ts'
import { OrderSeen } from './order-seen.ts'
import type { PaneHost } from './pane-host.ts'
import { QtOffer } from './qt-offer.ts'
import { RelayPlace } from './relay-place.ts'
import type { Replay } from './replay.ts'
import { RolePane } from './role-pane.ts'
import { RoleTabs } from './role-tabs.ts'
import { Roles } from './roles.ts'
import type { Run } from './run.ts'
import { readerOn, showReader, toggleReader } from './screen-reader.ts'
import { showInline } from './show.ts'
import { SourceChoice } from './source-choice.ts'
import { PanelWire } from './wire.ts'
import { WireFiles } from './wire-files.ts'
import { Wiring } from './wiring.ts'

class LabPanel extends HTMLElement implements PaneHost {
  #lab!: Lab
  #id = ''
  #record!: LabRecord
  #form!: ParameterForm
  #beats!: Beats
  #roles!: Roles<RolePane>
  #relay: RelayPlace | null = null
  #wiring: Wiring | null = null
  #wire!: PanelWire
  #files!: WireFiles
  #tabs: RoleTabs | null = null
  #folding: Folding | null = null
  #editing: Editing | null = null
  #order: OrderSeen | null = null
  #demo: Demo | null = null
  #modified: Modified | null = null
  #checks!: Checks
  #launchButtons!: LaunchButtons
  /** Whether the source has ever answered this panel, and how it was last time. */
  #met = false
  #link: SourceLink = 'waiting'
  #qt!: QtOffer
  readonly #controls = new Controls(this)
  readonly #listening = new AbortController()
  readonly #sources = new SourceChoice({
    panel: this,
    controls: this.#controls,
    signal: this.#listening.signal,
    stopAll: () => this.#roles.stopAll(),
    restart: () => this.#restart(),
    asked: () => {
      this.#link = 'waiting'
    },
    told: (status) => void this.#onSource(status),
  })

  async connectedCallback(): Promise<void> {
    this.#id = this.dataset.id ?? ''
    const [lab, activities] = await Promise.all([loadLab(this.#id), loadActivities(this.#id)])
    const relays = lab?.relay && (await loadLab(lab.relay.lab))
    if (!lab || !this.isConnected) return
    this.#lab = lab
    this.#record = readRecord(this.#id)
    this.#wireParameters()
    this.#wireRoles()
    const formOf = (pane: RolePane) => this.#relay?.formOf(pane) ?? this.#form
    this.#launchButtons = new LaunchButtons({
      controls: this.#controls,
      formOf,
      roles: this.#roles,
      source: () => this.source,
      replays: () => {
        const replay = this.#recorded
        void replay?.playAgain()
        return replay !== null
      },
      launched: (pane) => this.#launched(pane),
    })
    this.#beats = new Beats({
      root: this,
      record: this.#record,
      activities,
      launch: {
        say: LAB.launchOrder(titlesOf(lab, false), titlesOf(lab, true)),
        note: `${LAB.typing} ${LAB.leave}`,
      },
      roles: lab.roles.filter(({ later }) => !later).map(({ id }) => id),
      ordered: () => ({ score: this.#order?.score ?? '', right: this.#order?.right }),
      save: () => {
        this.#save()
        this.#order?.refresh()
        this.#modified?.show()
      },
      modified: (title) => this.#modified?.words(title) ?? '',
    })
    this.#qt = new QtOffer({
      panel: this,
      lab: this.#id,
      controls: this.#controls,
      panes: () => this.#roles.all,
      files: () => this.#files,
    })
    this.#wireVariants()
    if (relays) this.#wireRelay(relays)
    this.#wire = new PanelWire({
      root: this.#controls.find('[data-wire]'),
      roles: this.#roles,
      hub: hubOf(lab)?.id,
      framing: lab.framing,
      signal: this.#listening.signal,
      changed: () => {
        this.#wiring?.refresh()
        this.#order?.refresh()
      },
      place: () => this.#sources.place,
      noSource: (site) => this.#controls.status(WIRE.sourceElsewhere(site)),
    })
    if (activities) {
      this.#order = this.#orderOf(activities)
      this.#modified = this.#modifiedOf(activities)
    }
    this.#files = new WireFiles(this, this.#lab.title, this.#wire, {
      lab: this.#id,
      showRecording: (source) => this.#showRecording(source),
      takeUp: async (role, session, variant) => {
        const pane = this.#roles.all.find((one) => one.role.id === role)
        // A reload goes back to the programs.
        await pane?.takeUp({ session, ref: { lab: this.#id, role, variant } }, false)
      },
      restart: () => this.#restart(),
      playing: () => this.#showSlot(),
    })
    this.#wiring = new Wiring(this.#controls, this.#roles, (near, far) => this.#wire.connected(near, far))
    this.#tabs = new RoleTabs(this.#controls.find('[data-role-tabs]'), () => this.#roles.all)
    this.#folding = new Folding(
      this.#controls.find('.lab-terminals'),
      () => this.#roles.all,
      () => this.#wiring?.refresh(),
    )
    placePopovers(this)
    this.#wireActions()
    this.#wireDemo(activities)
    this.#wireEditing()
    this.#checks = new Checks({
      controls: this.#controls,
      host: this,
      labId: this.#id,
      lab,
      save: async () => (await this.#editing?.save()) ?? true,
      passed: (exercise) => this.#beats.mark('create', exercise, true),
    })
    this.#wirePage()
    this.#showCommands()
    enliven(this)
    this.dataset.upgraded = ''
    await this.#sources.begin()
  }

  disconnectedCallback(): void {
    this.#listening.abort()
    for (const pane of this.#roles?.all ?? []) pane.dispose()
    this.#modified?.dispose()
    void this.#checks?.dispose()
  }

  get source(): Source {
    return this.#sources.shown
  }

  // What a pane asks for.

  get answering(): boolean {
    return this.#link === 'open'
  }

  changed(): void {
    this.printed()
    if (this.#roles.all.some(({ active }) => active)) this.#wire.open()
    this.#wiring?.refresh()
    this.#order?.refresh()
    this.#tabs?.refresh()
    this.#showSlot()
  }

  printed(): void {
    this.#roles.changed()
    this.#folding?.refresh()
    this.#modified?.changed()
  }

  announce(text: string): void {
    this.#controls.find('[data-live-region]').textContent = text
  }

  portTaken(pane: RolePane, taken: TakenPort): void {
    this.#tabs?.show(pane.role.id)
    void this.#launchButtons.offerWayOn(pane, taken)
  }

  traced(pane: RolePane, run: Run, events: readonly PlacedEvent[]): void {
    // The wiring follows the figure, once for all that a frame shows.
    this.#wire.traced(pane, run, events)
    this.#roles.changed()
    this.#modified?.changed()
  }

  ended(pane: RolePane, run: Run, code: number, observed: boolean): void {
    this.#wire.ended(pane, run, code, observed)
  }

  chosen(pane: RolePane, line: { from: number; to: number }): void {
    this.#wire.choose(pane, line)
  }

  tooMany(): void {
    openRunning()
  }

  screenReader(): boolean {
    return readerOn()
  }

  // Wiring.

  #wireParameters(): void {
    const { parameters } = this.#lab
    this.#form = new ParameterForm(
      this.#controls.find('form[data-parameters]'),
      parameters,
      this.#record.parameters,
      {
        edited: (key) => {
          this.#record.parameters = this.#form.typed
          this.#save()
          if (key) this.#roles.unpoint(key)
          this.#showCommands()
          this.#wiring?.refresh()
        },
        settled: (changed) => this.#adjust(changed, this.#roles.panes),
      },
    )
  }

  #wireRoles(): void {
    const lab = this.#lab
    this.#roles = new Roles({
      lab,
      panes: lab.roles.map((role) => {
        const element = this.#controls.find(`[data-role="${role.id}"]`)
        return new RolePane(this, element, { panelId: this.#id, labId: this.#id, lab, role })
      }),
      typed: () => this.#form.typed,
      anew: () => this.#wire?.anew(),
      stopping: () => this.#wire?.stopping(),
      starting: (role) => {
        if (!lab.roles.some(({ id }) => id === role) || this.#record.launched.includes(role)) return
        this.#record.launched.push(role)
        this.#save()
        this.#beats.refresh()
      },
    })
  }

  #orderOf({ order }: Activities): OrderSeen {
    return new OrderSeen({
      root: this.#controls.find('[data-wire]'),
      cards: order.cards,
      roles: this.#lab.roles,
      record: this.#record,
      view: () => this.#wire.view,
      running: () => this.#roles.all.some(({ active }) => active),
      unobserved: (role) => this.#roles.all.some((pane) => pane.role.id === role && pane.events === null),
      changed: () => {
        this.#beats.refresh()
        this.#demo?.refresh()
      },
    })
  }

  #modifiedOf({ modify }: Activities): Modified {
    const { seen } = this.#record
    return new Modified({
      root: this,
      lab: this.#lab,
      modifications: modify,
      panes: () => this.#roles.panes,
      // A recording or a demonstration is not the learner's doing.
      played: () => this.source !== this.#sources.base || this.popover !== null,
      seen,
      isDone: (title) => this.#record.modified.includes(title),
      found: (title) => {
        seen.push(title)
        this.#beats.mark('modify', title, true)
        this.announce(MODIFY.announced(title))
      },
      shown: () => this.#beats.refresh(),
    })
  }

  #wireActions(): void {
    this.#controls.on('stop-all', () =>
      this.#recorded ? this.#recorded.pause() : void this.#roles.stopAll(),
    )
    this.#controls.on('said', () => this.#controls.status(''))
    this.addEventListener('click', ({ target }) => {
      if (target instanceof Element && target.closest('[data-action="screen-reader"]'))
        toggleReader(this, this.#roles.all)
    })
    showReader(this)
    for (const type of ['pointerenter', 'focus']) {
      this.#controls.button('launch-all')?.addEventListener(type, () => {
        for (const pane of this.#roles.all) pane.warm()
        void this.#wire.warm()
      })
    }
  }

  /**
   * « Tout lancer » was pressed: the panel is brought under the header, the keyboard to `pane`, and what to observe is
   * said before it happens. All in the click: nothing moves later under a finger.
   */
  #launched(pane: RolePane): void {
    this.#beats.select('observe')
    this.#tabs?.show(pane.role.id)
    this.querySelector('.lab')!.scrollIntoView({ block: 'start', behavior: 'instant' })
    this.dispatchEvent(new Event('pd:launched'))
  }

  /** The recording that is shown in place of programs, if any. */
  get #recorded(): Replay | null {
    const replay = this.#files?.replay
    return replay?.shown ? replay : null
  }

  /** « Tout lancer » until something of this page runs, or its recording plays, then « Tout arrêter », in the same place. */
  #showSlot(): void {
    const [launch, stop] = ['launch-all', 'stop-all'].map((action) => this.#controls.button(action)!)
    const recorded = this.#recorded
    const running = recorded?.playing ?? this.#roles.all.some(({ active, looking }) => active && !looking)
    launch!.lastChild!.textContent = recorded ? LAB.replayAll : LAB.launchAll
    const had = document.activeElement === launch || document.activeElement === stop
    launch!.hidden = running
    stop!.hidden = !running
    if (had && document.activeElement === document.body) (running ? stop : launch)!.focus()
  }

  #wireVariants(): void {
    for (const select of this.querySelectorAll<HTMLSelectElement>('select[data-variant]')) {
      const role = select.dataset.variant!
      const kept = this.#record.variants[role]
      if (kept && [...select.options].some(({ value }) => value === kept)) select.value = kept
      select.addEventListener('change', () => {
        const { value } = select
        void this.#qt.chosen(value).then((recorded) => {
          if (recorded) return
          this.#record.variants[role] = value
          this.#save()
        })
      })
    }
  }

  #wireRelay(relays: Lab): void {
    this.#relay = new RelayPlace({
      controls: this.#controls,
      host: this,
      id: this.#id,
      lab: this.#lab,
      relays,
      roles: this.#roles,
      record: this.#record,
      save: () => this.#save(),
      settled: (changed, panes) => this.#adjust(changed, panes),
      moved: () => {
        showReader(this)
        this.#wiring?.refresh()
        this.#tabs?.refresh()
      },
    })
  }

  /** Gives new values to the programs that run, or says that they wait for the next launch. */
  #adjust(changed: Readonly<Record<string, ParameterValue>>, panes: readonly RolePane[]): void {
    const outcomes = Object.entries(changed).map(([key, value]) => this.#roles.adjust(key, value, panes))
    if (outcomes.includes('later')) this.#controls.status(LAB.adjustedLater)
    else if (outcomes.includes('live')) this.#controls.status(LAB.adjustedLive)
  }

  /** Shows what a recording gives in place of programs; null goes back to these. */
  async #showRecording(source: RecordingSource | null): Promise<void> {
    await this.#sources.showRecording(source)
    if (!source) return this.#qt.closed()
    this.#relay?.insertIf((relay) => source.header.runs.some(({ role }) => role === relay))
  }

  #restart(): void {
    for (const pane of this.#roles.all) pane.leave()
    this.#wire.anew()
  }

  #wireDemo(activities: Activities | undefined): void {
    const lab = this.#lab
    if (lab.scenario.length === 0) return
    const order = activities && this.#order && new DemoOrder(lab, activities.order.cards, this.#order)
    const demo = new Demo({
      panel: this,
      lab,
      roles: this.#roles,
      source: () => this.source,
      order: order ?? null,
    })
    this.#demo = demo
    this.#controls.on('demo', () => void demo.open())
  }

  #wireEditing(): void {
    this.#editing = new Editing({
      controls: this.#controls,
      files: workFiles,
      id: this.#id,
      lab: this.#lab,
      host: this,
      panes: () => this.#roles.all,
      offers: () => true,
      chosen: (role) => this.#record.variants[role],
      choose: (role, value) => {
        this.#record.variants[role] = value
        this.#save()
      },
      launch: async (pane) => {
        // What the editor launches is real: a recording gives its place back.
        await this.#recorded?.close()
        await this.#launchButtons.launch(pane)
      },
    })
  }

  #wirePage(): void {
    const { signal } = this.#listening
    document.addEventListener(
      'visibilitychange',
      () => {
        for (const pane of this.#roles.all) pane.pageVisible = document.visibilityState === 'visible'
      },
      { signal },
    )
    window.addEventListener(
      'online',
      () => {
        for (const pane of this.#roles.all) pane.networkBack()
      },
      { signal },
    )
    this.addEventListener('pd:take', ({ detail }: CustomEventInit<LiveProgram>) => {
      const pane = detail && this.#roles.all.find(({ role }) => role.id === detail.ref.role)
      if (pane?.labId === detail?.ref.lab) void pane?.takeUp(detail!)
    })
  }

  /** Follows the source: what it can do, what runs there, and what a reload has left running. */
  async #onSource({ link, qt, programs }: SourceStatus): Promise<void> {
    if (link === 'open') {
      this.#met = true
      this.#knowsQt(qt)
    }
    this.toggleAttribute('data-unreachable', !this.#met && link === 'lost')
    // Nothing can be launched, and the site answers.
    if (link === 'waiting' || link === 'refused') void this.#files.offer()
    if (this.#met && link !== this.#link)
      this.#controls.status(link === 'lost' ? LINK.silent : '', link === 'lost')
    const opened = link === 'open' && this.#link !== 'open'
    if (opened && this.#sources.base.files) void this.#editing?.reached()
    this.#link = link
    if (link !== 'open' || !programs) return
    for (const pane of this.#roles.all) pane.told(programs)
    this.#relay?.insertIf((relay) => readSession(this.#id, relay) !== null)
    await Promise.all(this.#roles.all.map((pane) => pane.resume(programs)))
    // A part of the page that is missing is said at the next click.
    void this.#checks.resume(programs).catch(() => {})
    this.dataset.followed = ''
  }

  #knowsQt(qt: boolean): void {
    this.#qt.knows(qt)
    this.#checks.offerQt(qt)
    for (const note of this.querySelectorAll<HTMLElement>('[data-qt-missing]')) {
      note.hidden = qt
      showInline(note, this.hasAttribute('data-simulated') ? SIMULATED.noQt : `${LAB.noQt} ${QT_INSTALL}`)
    }
  }

  // Showing.

  #showCommands(): void {
    for (const { element, role } of this.#roles?.panes ?? []) {
      const parameters = parametersOf(this.#lab, role, this.#form.typed)
      element.querySelector('[data-command]')!.textContent = commandOf(this.#lab, this.#id, role, parameters)
    }
  }

  #save(): void {
    writeRecord(this.#id, this.#record)
  }
}

function titlesOf(lab: Lab, later: boolean): string[] {
  return lab.roles.filter((role) => (role.later ?? false) === later).map(({ title }) => title)
}

/** Gives life to the labs of the page, whose style is there. */
export function enlivenPanels(): void {
  if (!customElements.get('lab-panel')) customElements.define('lab-panel', LabPanel)
}
