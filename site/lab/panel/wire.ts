/** « Le fil » of a panel: gathers what its programs do, lights what the learner selects in the terminals and the listings. */
import type { Framing } from '../../../labs/lab.ts'
import type { PlacedEvent } from '../../../labs/trace.ts'
import { SIMULATED } from '../../texts/simulated.ts'
import { WIRE } from '../../texts/wire.ts'
import { say } from '../in-place.ts'
import { recordingText, type SeenRun } from '../link/recording-writer.ts'
import { type LaneRole, laneOrder } from '../wire/lanes.ts'
import type { Happening } from '../wire/moments.ts'
import type { Row } from '../wire/rows.ts'
import { textOfMoment } from '../wire/text-place.ts'
import type { WireView } from '../wire/view.ts'
import type { RolePane } from './role-pane.ts'
import type { Roles } from './roles.ts'
import type { Run } from './run.ts'
import { type Place, SideBySide } from './side-by-side.ts'
import { onSourceLine, showSource } from './source-line.ts'

export interface PanelWireOptions {
  /** The section of the figure, hidden until a program is launched, empty until something happens. */
  root: HTMLElement
  roles: Roles<RolePane>
  /** The role that most others point to. */
  hub: string | undefined
  framing: Framing | undefined
  /** Aborted when the panel goes. */
  signal: AbortSignal
  /** The figure is another one: what it says of the connections may have changed. */
  changed(): void
  /** Where what happens does. */
  place(): Place
  /** The source of a row is not in the page. */
  noSource(site: string): void
}

export class PanelWire {
  readonly #options: PanelWireOptions
  #view: WireView | null = null
  #loading: Promise<void> | null = null
  #waiting: Happening[] = []
  /** The runs of this exchange, each with its pane. */
  readonly #runs = new Map<Run, RolePane>()
  /** The latest time told by a program, in µs. */
  #latest = 0
  readonly #compared: SideBySide
  /** What is said in place of the figure. */
  readonly #empty: HTMLElement

  constructor(options: PanelWireOptions) {
    this.#options = options
    this.#empty = options.root.querySelector<HTMLElement>('[data-wire-empty]')!
    this.#compared = new SideBySide(options.root, () => ({ runs: this.#runs, roles: this.#order() }))
    onSourceLine(options.signal, (file, line) => this.#chooseSource(file, line))
  }

  /** Null until something has happened. */
  get view(): WireView | null {
    return this.#view
  }

  /**
   * A program was launched: the figure takes its place in the same click, and no pane moves under the pointer when
   * something happens. Says who is not observed, for want of anything to draw.
   */
  open(): void {
    this.#options.root.hidden = false
    const unobserved = this.#unobserved()
    say(this.#empty, unobserved.length > 0 ? WIRE.unobserved(unobserved) : WIRE.empty)
    void this.warm()
  }

  /** Someone is about to launch: what draws is fetched. */
  warm(): Promise<void> {
    this.#loading ??= this.#load().catch(() => {
      this.#loading = null
    })
    return this.#loading
  }

  /** A program did this. */
  traced(pane: RolePane, run: Run, events: readonly PlacedEvent[]): void {
    this.#runs.set(run, pane)
    this.#compared.happens(this.#options.place())
    for (const { event } of events) this.#latest = Math.max(this.#latest, event.at)
    this.add(events.map(({ event, offset }) => ({ role: pane.role.id, run: run.number, offset, event })))
  }

  /** A program ended; one that did nothing with the network leaves no trace. */
  ended(pane: RolePane, run: Run, code: number, observed: boolean): void {
    if (!observed) return
    this.add([
      { role: pane.role.id, run: run.number, offset: 0, event: { kind: 'over', at: this.#latest + 1, code } },
    ])
  }

  add(happenings: readonly Happening[]): void {
    // Written again, it would have the page styled anew at each batch of a flood.
    if (!this.#empty.hidden) this.#empty.hidden = true
    if (this.#view) this.#view.add(happenings)
    else {
      for (const happening of happenings) this.#waiting.push(happening)
      void this.warm()
    }
  }

  /** All that runs is about to be stopped: that is no part of the exchange. */
  stopping(): void {
    this.#compared.keep()
  }

  /** Another exchange begins. */
  anew(): void {
    this.#compared.anew()
    this.#waiting = []
    this.#runs.clear()
    this.#latest = 0
    this.#empty.hidden = false
    this.#view?.clear()
  }

  /**
   * Whether a connection of one program to another is open; null when it is not known, for want of any event. One that
   * waits to be accepted is open: its client may write.
   */
  connected(from: RolePane, to: RolePane): boolean | null {
    if (!this.#view || !from.observed) return null
    const { connections, arrows } = this.#view.figure
    return connections.some(({ client, server }) => {
      if (client?.role !== from.role.id || client.run !== from.run) return false
      if (!client.opened || client.closed || client.over || server?.closed || server?.over) return false
      const far = server?.role ?? arrows.find((arrow) => arrow.from === client.asked)?.towards
      return far === to.role.id
    })
  }

  /** What was seen, as the file of a recorded run. */
  recording(lab: string, title: string): string {
    const seen = [...this.#runs].map(
      ([run, pane]): SeenRun => ({
        role: pane.role.id,
        variant: pane.variant,
        observed: true,
        lost: run.lost,
        text: run.raw,
        events: run.events,
        exit: run.end?.code ?? null,
      }),
    )
    const timestamp = Math.floor(Date.now() / 1000)
    const term = { cols: 80, rows: 24 }
    return recordingText({ lab, title, platform: this.#platform, timestamp, term }, seen)
  }

  get #platform(): string {
    const simulated = this.#options.root.closest('[data-simulated]') !== null
    return simulated ? SIMULATED.label : navigator.platform
  }

  async #load(): Promise<void> {
    const { WireView } = await import('../wire/view.ts')
    this.#view ??= new WireView({
      root: this.#options.root,
      roles: () => this.#lanes(),
      unobserved: () => this.#unobserved(),
      framing: this.#options.framing,
      selected: (row) => this.#light(row),
      changed: () => this.#options.changed(),
      openSource: (site) => {
        if (!showSource(site)) this.#options.noSource(site)
      },
    })
    const panel = this.#options.root.closest<HTMLElement>('lab-panel')
    panel?.addEventListener('toggle', () => this.#view?.present(panel.matches(':popover-open')))
    if (panel?.matches(':popover-open')) this.#view.present(true)
    this.#view.add(this.#waiting.splice(0))
  }

  /** The titles of those whose sockets are not observed. */
  #unobserved(): string[] {
    return this.#options.roles.all.filter(({ events }) => events === null).map(({ role }) => role.title)
  }

  /** The lanes in their order, wherever the panes are. */
  #order(): LaneRole[] {
    const { roles, hub } = this.#options
    const titles = new Map(roles.all.map(({ role }) => [role.id, role.title]))
    return laneOrder([...titles.keys()], hub, roles.relay?.pane.role.id).map((role) => ({
      role,
      title: titles.get(role)!,
    }))
  }

  /** The lanes, each under its pane where all the panes stand abreast over the figure. */
  #lanes(): LaneRole[] {
    const { roles, root } = this.#options
    const panes = new Map(roles.all.map((pane) => [pane.role.id, pane]))
    const origin = root.getBoundingClientRect()
    const boxes = new Map([...panes].map(([id, { element }]) => [id, element.getBoundingClientRect()]))
    const all = [...boxes.values()]
    const abreast = all.every(
      ({ top, width, left, right }) =>
        top === all[0]!.top && width > 0 && left >= origin.left - 1 && right <= origin.right + 1,
    )
    const order = abreast
      ? [...panes.keys()].sort((a, b) => boxes.get(a)!.left - boxes.get(b)!.left)
      : this.#order().map(({ role }) => role)
    return order.map((id) => {
      const { left, width } = boxes.get(id)!
      const lane = { role: id, title: panes.get(id)!.role.title }
      return abreast ? { ...lane, x: left - origin.left + width / 2 } : lane
    })
  }

  /** The lines that the programs printed around what is selected, at each of its ends. */
  #light(row: Row | null): void {
    for (const pane of this.#options.roles.all) pane.light(null)
    if (!row || !this.#view) return
    const moments = new Set([row.moment, ...row.out.map(({ to }) => to), ...row.into.map(({ from }) => from)])
    for (const moment of moments) {
      const pane = moment && this.#options.roles.all.find(({ role }) => role.id === moment.role)
      if (!pane || pane.run !== moment.run) continue
      const place = textOfMoment(moment, this.#view.figure)
      if (place !== null) pane.light(place)
    }
  }

  /** A line of a listing was chosen: the last event that it caused is selected. */
  #chooseSource(file: string, line: number): void {
    const start = `${file}:${line}:`
    this.#view?.selectWhere(
      ({ event }) =>
        event.kind !== 'over' && [event.site ?? []].flat().some((site) => `${site}:`.startsWith(start)),
    )
  }

  /** The line of a terminal was chosen: its event is selected. */
  choose(pane: RolePane, line: { from: number; to: number }): void {
    const view = this.#view
    if (!view) return
    view.selectWhere((moment) => {
      if (moment.role !== pane.role.id || moment.run !== pane.run) return false
      const place = textOfMoment(moment, view.figure)
      return place !== null && place >= line.from && place < line.to
    })
  }
}
