/**
 * « Le fil » in the page: draws the rows that are seen, tells what is selected, follows what happens. All that it draws
 * is in its list too, which the keyboard and a screen reader walk through.
 */
import { WIRE } from '../../texts/wire.ts'
import { compose } from '../../typography.ts'
import { Detail } from './detail.ts'
import { jsonFile, styleOf, svgFile } from './export.ts'
import { type Figure, figureOf } from './figure.ts'
import { initialsOf, type LaneRole, lanesFor } from './lanes.ts'
import { type Form, type Lane, type Layout, layoutOf, type PlacedRow } from './layout.ts'
import { bytesShown, RowList } from './list.ts'
import type { Happening, Moment } from './moments.ts'
import { wirePorts } from './ports-table.ts'
import { type Level, type Row, rowsOf } from './rows.ts'
import { BAR, type Drawing, drawingOf } from './svg.ts'
import { type Naming, sentenceOf, type Words, wordsOf } from './words.ts'

export interface WireOptions {
  root: HTMLElement
  /** The roles that have a lane, in order. */
  roles(): readonly LaneRole[]
  /** What is selected has changed. */
  selected(row: Row | null): void
  /** The figure is another one. */
  changed?(): void
  /** The source of a row is wanted. */
  openSource(site: string): void
}

/** Most of a frame that is spent on computing the figure anew, in ms: beyond, it is computed less often. */
const BUDGET = 6
/** Beyond so many events, only the last ones are drawn while the figure follows what happens. */
const FOLLOWED = 2_000
/** The scale of the figure for a class. */
const PRESENTED = 1.3
/** Height of a line of bytes, in px. */
const BYTES_LINE = 16
/** Most events that the figure holds; half of them then leave. */
export const EVENTS_MAX = 20_000

export class WireView {
  readonly #options: WireOptions
  readonly #body: HTMLElement
  readonly #sheet: HTMLElement
  readonly #svg: SVGElement
  readonly #list: RowList
  readonly #detail: Detail
  #happenings: Happening[] = []
  #dropped = 0
  /** Events that are kept and not drawn: see `FOLLOWED`. */
  #folded = 0
  #figure: Figure = figureOf([])
  #rows: readonly Row[] = []
  readonly #words = new Map<Row, Words>()
  readonly #sentences = new Map<Row, string>()
  #naming: Naming = this.#namingFor([])
  #layout: Layout | null = null
  #lanes: readonly Lane[] = []
  #level: Level = 'events'
  /** How many moments are shown; null for all, as they come. */
  #limit: number | null = null
  #selected: number | null = null
  #zoom = 1
  #atEnd = true
  #stale = false
  #frame = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #cost = 0

  constructor(options: WireOptions) {
    this.#options = options
    const part = <E extends Element>(name: string) => options.root.querySelector<E>(`[data-wire-${name}]`)!
    this.#body = part('body')
    this.#sheet = part('sheet')
    this.#svg = part('svg')
    this.#list = new RowList(part('list'), {
      select: (rank) => this.select(rank),
      openSource: () => this.#openSource(),
    })
    this.#detail = new Detail(part('detail'), {
      openSource: () => this.#openSource(),
      close: () => this.select(null),
    })
    this.#body.addEventListener('scroll', () => {
      const { scrollTop, clientHeight, scrollHeight } = this.#body
      this.#atEnd = scrollTop + clientHeight >= scrollHeight - 8
      this.#unfold()
      this.#redraw()
    })
    new ResizeObserver(() => this.#replace()).observe(this.#body)
    addEventListener('beforeprint', () => this.#paint(true))
    this.#wireControls()
    wirePorts(
      part('ports'),
      () => this.#figure,
      (role) => this.#naming.titleOf(role),
    )
  }

  get happenings(): readonly Happening[] {
    return this.#happenings
  }

  get figure(): Figure {
    return this.#figure
  }

  /** What is drawn, in order, in words. */
  get sentences(): string[] {
    return this.#rows.filter(({ quiet }) => !quiet).map((row) => this.#sentenceOf(row))
  }

  /** Adds what has just happened. */
  add(happenings: readonly Happening[]): void {
    if (happenings.length === 0) return
    for (const happening of happenings) this.#happenings.push(happening)
    if (this.#happenings.length > EVENTS_MAX) {
      const gone = this.#happenings.length - EVENTS_MAX / 2
      this.#happenings = this.#happenings.slice(gone)
      this.#dropped += gone
      this.select(null)
    }
    this.#options.root.hidden = false
    this.#changed()
  }

  /** Forgets all that happened. */
  clear(): void {
    this.#happenings = []
    this.#dropped = 0
    this.#limit = null
    this.#atEnd = true
    this.select(null)
    this.#changed()
  }

  /** The figure as a drawing that stands alone. */
  svgFile(): string {
    const drawing = this.#drawing(0, this.#layout?.height ?? 0)
    if (!drawing) return ''
    return svgFile(
      drawing,
      styleOf(this.#svg),
      this.#lanes.map(({ x, title }) => ({ x, name: title })),
    )
  }

  /** The figure as data. */
  jsonFile(): string {
    return jsonFile(this.#figure, this.sentences)
  }

  /** The lanes may have moved. */
  replace(): void {
    this.#replace()
  }

  /** Shows the first `count` moments; null follows what happens. */
  showUntil(count: number | null): void {
    this.#limit = count === null ? null : Math.min(Math.max(0, count), this.#figure.moments.length)
    if (count === null) this.#atEnd = true
    this.#unfold()
    this.#recompose()
  }

  set level(level: Level) {
    this.#level = level
    for (const button of this.#options.root.querySelectorAll<HTMLElement>('[data-wire-level]'))
      button.setAttribute('aria-pressed', String(button.dataset.wireLevel === level))
    this.#recompose()
  }

  /** For a class: larger, and only what the programs say to each other. */
  present(on: boolean): void {
    if (on) this.select(null)
    this.level = on ? 'service' : 'events'
    this.#setZoom(on ? PRESENTED : 1)
  }

  /** Selects the row of a moment, by its rank in the list; null selects none. */
  select(index: number | null): void {
    let row = index === null ? null : (this.#spoken()[index] ?? null)
    if (row && this.#folded > 0) {
      const { event } = row.row.moment
      this.#showAll()
      row = this.#spoken().find((one) => one.row.moment.event === event) ?? null
    }
    const key = row?.row.moment.key ?? null
    if (key === this.#selected) return
    this.#selected = key
    this.#options.selected(row?.row ?? null)
    this.#showDetail(row)
    if (row) this.#reveal(row)
    this.#redraw()
  }

  /** Selects the last row of which a moment is so. */
  selectWhere(is: (moment: Moment) => boolean): void {
    const rank = this.#spoken().findLastIndex(
      ({ row }) => is(row.moment) || (row.joined !== null && is(row.joined)),
    )
    if (rank >= 0) this.select(rank)
  }

  #namingFor(roles: readonly LaneRole[]): Naming {
    const titles = new Map(roles.map(({ role, title }) => [role, title]))
    return { titleOf: (role: string) => titles.get(role) ?? role, relayed: this.#figure.relayed }
  }

  #sentenceOf(row: Row): string {
    const known = this.#sentences.get(row)
    if (known !== undefined) return known
    const sentence = compose(sentenceOf(row, this.#wordsOf(row), this.#naming))
    this.#sentences.set(row, sentence)
    return sentence
  }

  #wordsOf(row: Row): Words {
    const known = this.#words.get(row)
    if (known) return known
    const words = wordsOf(row, this.#naming)
    this.#words.set(row, words)
    return words
  }

  /** It shows what happens as it happens: nobody looks at what came before. */
  get #follows(): boolean {
    return this.#limit === null && this.#atEnd && this.#selected === null
  }

  /** The last events, and of those before all that tells who is connected to whom. */
  #recent(): readonly Happening[] {
    const first = this.#happenings.length - FOLLOWED
    this.#folded = 0
    if (first <= 0) return this.#happenings
    return this.#happenings.filter(({ event: { kind } }, at) => {
      const kept = at >= first || !['send', 'receive', 'signal'].includes(kind)
      if (!kept) this.#folded += 1
      return kept
    })
  }

  /** Someone looks at what came before. */
  #unfold(): void {
    if (this.#folded > 0 && !this.#follows) this.#showAll()
  }

  #showAll(): void {
    this.#folded = 0
    const before = this.#layout?.height ?? 0
    this.#figure = figureOf(this.#happenings)
    this.#compose()
    // What was seen stays where it was.
    this.#body.scrollTop += ((this.#layout?.height ?? before) - before) * this.#zoom
  }

  /** Something happened: the figure is computed anew, within its budget. */
  #changed(): void {
    if (this.#stale) return
    this.#stale = true
    const rest = this.#cost > BUDGET ? this.#cost * 6 : 0
    this.#timer = setTimeout(() => {
      this.#frame ||= requestAnimationFrame(() => this.#paint())
    }, rest)
  }

  #redraw(): void {
    this.#frame ||= requestAnimationFrame(() => this.#paint())
  }

  /** `whole`: on paper nothing is scrolled. */
  #paint(whole = false): void {
    this.#frame = 0
    if (this.#stale) {
      this.#stale = false
      clearTimeout(this.#timer)
      const started = performance.now()
      this.#figure = figureOf(this.#follows ? this.#recent() : this.#happenings)
      this.#compose()
      this.#cost = performance.now() - started
      this.#options.changed?.()
    }
    this.#draw(whole)
  }

  #recompose(): void {
    this.#compose()
    this.#redraw()
  }

  /** The lanes may have moved, or the window has another size. */
  #replace(): void {
    if (this.#happenings.length === 0) return
    this.#compose()
    this.#redraw()
  }

  #compose(): void {
    const { moments } = this.#figure
    const width = this.#width
    if (width <= 0) return
    this.#words.clear()
    this.#sentences.clear()
    const roles = this.#rolesHere()
    this.#naming = this.#namingFor(roles)
    this.#rows = rowsOf(this.#figure, this.#level, this.#limit ?? moments.length)
    const { form, lanes } = lanesFor(roles, width, this.#level)
    this.#lanes = lanes
    this.#layout = layoutOf({
      figure: this.#figure,
      rows: this.#rows,
      lanes,
      form,
      bar: BAR[form],
      rowHeight: width < 420 ? 29 : 32,
      extra: (row) =>
        this.#level === 'bytes' ? bytesShown(row, this.#bytesWidth(form, lanes)).length * BYTES_LINE : 0,
    })
    this.#sheet.style.height = `${this.#layout.height}px`
    this.#options.root.dataset.form = form
    this.#showHead(form, lanes, width)
    this.#showFoot()
    if (this.#atEnd && this.#limit === null && this.#selected === null)
      this.#body.scrollTop = this.#body.scrollHeight
  }

  /** The roles, the middles of their panes at the scale of the figure. */
  #rolesHere(): LaneRole[] {
    return this.#options
      .roles()
      .map((role) => (role.x === undefined ? role : { ...role, x: role.x / this.#zoom }))
  }

  get #width(): number {
    return this.#body.clientWidth / this.#zoom
  }

  /** How many bytes a line shows. */
  #bytesWidth(form: Form, lanes: readonly Lane[]): number {
    const apart = form === 'wide' && lanes.length > 1 ? lanes[1]!.x - lanes[0]!.x : this.#width - 130
    return apart > 520 ? 16 : 8
  }

  #draw(whole: boolean): void {
    const layout = this.#layout
    if (!layout) return
    const width = this.#width
    const from = whole ? 0 : this.#body.scrollTop / this.#zoom - 60
    const to = whole ? layout.height : from + this.#body.clientHeight / this.#zoom + 120
    const spoken = this.#spoken()
    const selected = spoken.find(({ row }) => row.moment.key === this.#selected) ?? null
    this.#svg.setAttribute('width', String(width))
    this.#svg.setAttribute('height', String(layout.height))
    const drawing = this.#drawing(from, to, selected)
    if (drawing) this.#svg.innerHTML = drawingOf(drawing)
    this.#list.show({
      rows: spoken,
      form: layout.form,
      lanes: this.#lanes,
      from,
      to,
      selected,
      level: this.#level,
      bytesWidth: this.#bytesWidth(layout.form, this.#lanes),
      wordsOf: (row) => this.#wordsOf(row),
      sentenceOf: (row) => this.#sentenceOf(row),
      siteOf,
    })
  }

  #drawing(from: number, to: number, selected: PlacedRow | null = null): Drawing | null {
    if (!this.#layout) return null
    const start = this.#figure.moments[0]?.event.at ?? 0
    return {
      layout: this.#layout,
      lanes: this.#lanes,
      width: this.#width,
      from,
      to,
      wordsOf: ({ row }) => this.#wordsOf(row),
      selected,
      timeOf: ({ row }) => (row.moment.event.at - start) / 1e6,
    }
  }

  /** The rows that have words. */
  #spoken(): readonly PlacedRow[] {
    return this.#layout?.rows.filter(({ row }) => !row.quiet) ?? []
  }

  #reveal({ top, bottom }: PlacedRow): void {
    const { scrollTop, clientHeight } = this.#body
    const [high, low] = [top * this.#zoom, bottom * this.#zoom]
    if (high < scrollTop + 8) this.#body.scrollTop = high - 8
    else if (low > scrollTop + clientHeight - 8) this.#body.scrollTop = low - clientHeight + 8
  }

  #showDetail(placed: PlacedRow | null): void {
    if (!placed) {
      this.#detail.hide()
      return
    }
    const { row } = placed
    const start = this.#figure.moments[0]?.event.at ?? 0
    this.#detail.show({
      sentence: this.#sentenceOf(row),
      time: WIRE.seconds((row.moment.event.at - start) / 1e6),
      site: siteOf(row),
      lines: bytesShown(row, 16, true),
    })
  }

  #openSource(): void {
    const row = this.#spoken().find(({ row }) => row.moment.key === this.#selected)
    const site = row && fullSiteOf(row.row)
    if (site) this.#options.openSource(site)
  }

  #part<E extends HTMLElement>(name: string): E {
    return this.#options.root.querySelector<E>(`[data-wire-${name}]`)!
  }

  #wireControls(): void {
    const { root } = this.#options
    for (const button of root.querySelectorAll<HTMLButtonElement>('[data-wire-level]')) {
      button.addEventListener('click', () => {
        this.level = button.dataset.wireLevel as Level
      })
    }
    const scrub = this.#part<HTMLInputElement>('scrub')
    scrub.addEventListener('input', () => this.showUntil(Number(scrub.value)))
    this.#part('pause').addEventListener('click', () =>
      this.showUntil(this.#limit === null ? this.#figure.moments.length : null),
    )
    for (const button of root.querySelectorAll<HTMLElement>('[data-wire-step]')) {
      button.addEventListener('click', () => this.#step(Number(button.dataset.wireStep)))
    }
    for (const button of root.querySelectorAll<HTMLElement>('[data-wire-zoom]')) {
      button.addEventListener('click', () => this.#setZoom(this.#zoom + Number(button.dataset.wireZoom)))
    }
  }

  /** Shows one row more, or one less. */
  #step(by: number): void {
    const { moments } = this.#figure
    const last = (row: Row) => (row.joined ?? row.moment).rank + 1
    const all = rowsOf(this.#figure, this.#level)
      .filter(({ quiet }) => !quiet)
      .map(last)
    const now = this.#limit ?? moments.length
    const next = by > 0 ? all.find((count) => count > now) : all.findLast((count) => count < now)
    this.showUntil(next ?? (by > 0 ? moments.length : 0))
    this.#body.scrollTop = this.#body.scrollHeight
  }

  #setZoom(zoom: number): void {
    this.#zoom = Math.min(2, Math.max(0.6, Math.round(zoom * 10) / 10))
    this.#sheet.style.zoom = String(this.#zoom)
    this.#recompose()
  }

  #showHead(form: Form, lanes: readonly Lane[], width: number): void {
    const head = this.#part('lanes')
    const names =
      form === 'rail' ? initialsOf(lanes.map(({ title }) => title)) : lanes.map(({ title }) => title)
    // In the line of the title when there is room between it and the levels.
    const title = this.#part('title').getBoundingClientRect()
    const levels = this.#part('levels').getBoundingClientRect()
    const left = title.right - this.#body.getBoundingClientRect().left
    const right = levels.left - this.#body.getBoundingClientRect().left
    const inline =
      form === 'wide' &&
      lanes.every(
        ({ x, title: name }) =>
          x * this.#zoom - name.length * 5 > left + 8 && x * this.#zoom + name.length * 5 < right - 8,
      )
    this.#options.root.toggleAttribute('data-inline', inline)
    const shown = JSON.stringify([names, lanes.map(({ x }) => Math.round(x)), width, this.#zoom])
    if (head.dataset.shown === shown) return
    head.dataset.shown = shown
    head.replaceChildren(
      ...lanes.map(({ x }, at) => {
        const name = document.createElement('span')
        name.textContent = names[at]!
        name.style.left = `${x * this.#zoom}px`
        return name
      }),
    )
  }

  #showFoot(): void {
    const { moments, connections, arrows, lost } = this.#figure
    const count = moments.length
    const shown = this.#limit ?? count
    const scrub = this.#part<HTMLInputElement>('scrub')
    scrub.max = String(count)
    scrub.value = String(shown)
    scrub.setAttribute('aria-valuetext', WIRE.at(shown, count))
    const pause = this.#part('pause')
    pause.setAttribute('aria-pressed', String(this.#limit !== null))
    const untold = lost + this.#dropped
    const events = moments.filter(({ event }) => event.kind !== 'hello' && event.kind !== 'over').length
    const parts = [
      WIRE.programs(new Set(moments.map(({ role }) => role)).size),
      ...(connections.length > 0 ? [WIRE.connections(connections.length)] : []),
      `${WIRE.events(events + this.#folded)}, ${WIRE.deduced(arrows.filter(({ deduced }) => deduced).length)}`,
      ...(this.#folded > 0 ? [WIRE.folded(this.#folded)] : []),
      ...(untold > 0 ? [WIRE.lost(untold)] : []),
    ]
    const counts = this.#part('counts')
    const said = compose(parts.join(' · '))
    if (counts.textContent !== said) counts.textContent = said
  }
}

/** `refus/serveur.ts:50:17`: where the program asked for it. */
export function fullSiteOf({ moment }: Row): string {
  const { event } = moment
  return event.kind === 'over' ? '' : ([event.site].flat()[0] ?? '')
}

/** `serveur.ts:50`. */
export function siteOf(row: Row): string {
  const [, file, line] = /([^/]+?):(\d+)(?::\d+)?$/.exec(fullSiteOf(row)) ?? []
  return file ? `${file}:${line}` : ''
}
