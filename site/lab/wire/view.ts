/**
 * « Le fil » in the page: draws the rows that are seen, tells what is selected, follows what happens. All that it draws
 * is in its list too, which the keyboard and a screen reader walk through.
 */
import type { Framing } from '../../../labs/lab.ts'
import { WIRE } from '../../texts/wire.ts'
import { Detail } from './detail.ts'
import { Drawn } from './drawn.ts'
import { jsonFile, styleOf, svgFile } from './export.ts'
import { type Figure, figureInStages, figureOf } from './figure.ts'
import { Foot } from './foot.ts'
import { Head } from './head.ts'
import { Kept } from './kept.ts'
import type { LaneRole } from './lanes.ts'
import type { PlacedRow } from './layout.ts'
import { RowList, type Shown } from './list.ts'
import type { Happening, Moment } from './moments.ts'
import { wirePorts } from './ports-table.ts'
import { type Level, type Row, rowsOf } from './rows.ts'
import { Scene } from './scene.ts'
import { fullSiteOf, siteOf } from './site.ts'
import { layersOf } from './svg.ts'

export interface WireOptions {
  root: HTMLElement
  /** The roles that have a lane, in order. */
  roles(): readonly LaneRole[]
  /** The titles of those whose sockets are not observed: what they do is not in the figure. */
  unobserved(): readonly string[]
  /** How messages are written in the streams of this lab, when a header says their length. */
  framing?: Framing | undefined
  /** What is selected has changed. */
  selected(row: Row | null): void
  /** The figure is another one. */
  changed?(): void
  /** The source of a row is wanted. */
  openSource(site: string): void
}

/** How long the page does something else after the figure has been made anew, in times of what that took. */
const REST = 6
/** The scale of the figure for a class. */
const PRESENTED = 1.3
/** Least width of a drawing that is kept, in all and for each lane, in px. */
const EXPORTED = 928
const EXPORTED_LANE = 230
/** Drawn above and below what is seen, in px: a short scroll draws nothing anew. */
const AROUND = 300

export class WireView {
  readonly #options: WireOptions
  readonly #body: HTMLElement
  readonly #sheet: HTMLElement
  readonly #svg: SVGElement
  readonly #list: RowList
  readonly #detail: Detail
  readonly #head: Head
  readonly #foot: Foot
  readonly #kept = new Kept()
  #figure: Figure = figureOf([])
  #scene = Scene.empty()
  readonly #drawn: Drawn
  #shown: Shown | null = null
  #level: Level = 'events'
  /** How many moments are shown; null for all, as they come. */
  #limit: number | null = null
  /** The key of the moment that is selected. */
  #selected: number | null = null
  /** Whether arrows that no event tells are drawn. */
  #deduced = false
  #zoom = 1
  #atEnd = true
  #stale = false
  #frame = 0
  /** What is folded, being made. */
  #unfolding: Generator<void, Figure> | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  /** When it may be made anew. */
  #restsUntil = 0

  constructor(options: WireOptions) {
    this.#options = options
    const { root } = options
    const part = <E extends Element>(name: string) => root.querySelector<E>(`[data-wire-${name}]`)!
    this.#body = part('body')
    this.#sheet = part('sheet')
    this.#svg = part('svg')
    this.#drawn = new Drawn(this.#svg)
    const openSource = () => this.#openSource()
    this.#list = new RowList(part('list'), { select: (rank) => this.select(rank), openSource })
    this.#detail = new Detail(part('detail'), { openSource, close: () => this.select(null) })
    this.#head = new Head(root, (level) => {
      this.level = level
    })
    this.#foot = new Foot(root, {
      showUntil: (count) => this.showUntil(count),
      pause: () => this.showUntil(this.#limit === null ? this.#figure.moments.length : null),
      step: (by) => this.#step(by),
      zoom: (by) => this.#setZoom(this.#zoom + by),
      deduce: (on) => {
        this.#deduced = on
        this.#recompose()
      },
    })
    wirePorts(
      part('ports'),
      () => this.#figure,
      (role) => this.#scene.titleOf(role),
    )
    this.#body.addEventListener('scroll', () => {
      const { scrollTop, clientHeight, scrollHeight } = this.#body
      this.#atEnd = scrollTop + clientHeight >= scrollHeight - 8
      this.#unfoldSoon()
      this.#redraw()
    })
    new ResizeObserver(() => this.replace()).observe(this.#body)
    addEventListener('beforeprint', () => this.#paint(true))
  }

  get figure(): Figure {
    return this.#figure
  }

  /** Whether all that happened is in the figure. */
  get whole(): boolean {
    return this.#kept.folded + this.#kept.dropped === 0
  }

  /** Adds what has just happened. */
  add(happenings: readonly Happening[]): void {
    if (happenings.length === 0) return
    // Those that leave change the keys of the others.
    if (this.#kept.add(happenings)) this.select(null)
    this.#options.root.hidden = false
    this.#changed()
  }

  /** Forgets all that happened. */
  clear(): void {
    this.#kept.clear()
    this.#limit = null
    this.#atEnd = true
    this.select(null)
    this.#changed()
  }

  /** The figure as a drawing that stands alone. */
  svgFile(): string {
    // Wide, whatever the window: the words of a rail are not in its drawing.
    const roles = this.#options.roles().map(({ role, title }) => ({ role, title }))
    const width = Math.max(EXPORTED, roles.length * EXPORTED_LANE)
    const figure = this.#figure
    const count = this.#limit ?? figure.moments.length
    const { framing } = this.#options
    const deduced = this.#deduced
    const scene = new Scene({ figure, level: this.#level, count, roles, width, framing, deduced })
    const names = scene.lanes.map(({ x, title }) => ({ x, name: title }))
    return svgFile(scene.drawing(0, scene.layout.height, null), styleOf(this.#svg), names)
  }

  /** The figure as data. */
  jsonFile(): string {
    const sentences = this.#scene.spoken.map(({ row }) => this.#scene.sentenceOf(row))
    return jsonFile(this.#figure, sentences)
  }

  /** The lanes may have moved, or the window has another size. */
  replace(): void {
    if (this.#kept.all.length === 0) return
    this.#recompose()
    const selected = this.#placedSelected
    if (selected) this.#reveal(selected)
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
    this.#head.level = level
    this.#recompose()
  }

  /** For a class: larger, and only what the programs say to each other. */
  present(on: boolean): void {
    this.select(null)
    this.level = on ? 'service' : 'events'
    this.#setZoom(on ? PRESENTED : 1)
  }

  /** Selects a row by its rank in the list; null selects none. */
  select(rank: number | null): void {
    let placed = rank === null ? null : (this.#scene.spoken[rank] ?? null)
    if (placed && this.#kept.folded > 0) {
      // All the figure has other keys.
      const { event } = placed.row.moment
      this.#showAll()
      placed = this.#scene.spoken.find(({ row }) => row.moment.event === event) ?? null
    }
    const key = placed?.row.moment.key ?? null
    if (key === this.#selected) return
    this.#selected = key
    this.#options.selected(placed?.row ?? null)
    this.#showDetail(placed)
    if (placed) this.#reveal(placed)
    this.#redraw()
  }

  /** Selects the row that tells an event, at a level where one does. */
  selectEvent(event: Moment['event']): void {
    const is = (moment: Moment) => moment.event === event
    if (this.#limit !== null) this.showUntil(null)
    if (this.selectWhere(is)) return
    this.level = 'events'
    this.selectWhere(is)
  }

  /** Selects the last row of which a moment is so; false when there is none. */
  selectWhere(is: (moment: Moment) => boolean): boolean {
    const rank = this.#scene.spoken.findLastIndex(
      ({ row }) => is(row.moment) || (row.joined !== null && is(row.joined)),
    )
    if (rank >= 0) this.select(rank)
    return rank >= 0
  }

  /** It shows what happens as it happens: nobody looks at what came before. */
  get #follows(): boolean {
    return this.#limit === null && this.#atEnd && this.#selected === null
  }

  /** Someone looks at what came before. */
  #unfold(): void {
    if (this.#kept.folded > 0 && !this.#follows) this.#showAll()
  }

  /** The same, made a stage at a time: meanwhile the page answers, and what is folded is not missed yet. */
  #unfoldSoon(): void {
    if (this.#kept.folded === 0 || this.#follows || this.#unfolding) return
    const stages = figureInStages(this.#kept.all)
    this.#unfolding = stages
    const next = () => {
      // Something happened since, or it was needed at once.
      if (this.#unfolding !== stages) return
      const { done, value } = stages.next()
      if (done) this.#showAll(value)
      else setTimeout(next)
    }
    setTimeout(next)
  }

  #showAll(figure = figureOf(this.#kept.all)): void {
    this.#unfolding = null
    this.#kept.folded = 0
    const before = this.#scene.layout.height
    this.#figure = figure
    this.#compose()
    // What was seen stays where it was.
    this.#body.scrollTop += (this.#scene.layout.height - before) * this.#zoom
    this.#redraw()
  }

  /** Something happened: the figure is made anew, at once or once the page has rested. */
  #changed(): void {
    if (this.#stale) return
    this.#stale = true
    this.#timer = setTimeout(() => this.#redraw(), this.#restsUntil - performance.now())
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
      this.#unfolding = null
      if (this.#kept.folded > 0 && !this.#follows) this.#showAll()
      else {
        this.#figure = figureOf(this.#follows ? this.#kept.recent() : this.#kept.all)
        this.#compose()
      }
      this.#options.changed?.()
      afterFrame(() => {
        const now = performance.now()
        this.#restsUntil = now + (now - started) * REST
      })
    }
    this.#draw(whole)
  }

  #recompose(): void {
    this.#compose()
    this.#redraw()
  }

  #compose(): void {
    const width = this.#body.clientWidth / this.#zoom
    if (width <= 0) return
    const atScale = ({ x, ...role }: LaneRole) => (x === undefined ? role : { ...role, x: x / this.#zoom })
    const figure = this.#figure
    const count = this.#limit ?? figure.moments.length
    const roles = this.#options.roles().map(atScale)
    const { framing } = this.#options
    const deduced = this.#deduced
    this.#scene = new Scene({ figure, level: this.#level, count, roles, width, framing, deduced })
    const { layout, lanes } = this.#scene
    this.#sheet.style.height = `${layout.height}px`
    this.#head.show(layout.form, lanes, this.#zoom)
    const { folded, dropped } = this.#kept
    const unobserved = this.#options.unobserved()
    this.#foot.show({ figure, limit: this.#limit, deduced, folded, dropped, unobserved })
    if (this.#follows) this.#body.scrollTop = this.#body.scrollHeight
  }

  #draw(whole: boolean): void {
    const scene = this.#scene
    const { scrollTop, clientHeight } = this.#body
    const [top, bottom] = [scrollTop / this.#zoom, (scrollTop + clientHeight) / this.#zoom]
    const selected = this.#placedSelected
    const shown = this.#shown
    const same = shown?.scene === scene && shown.selected === selected
    if (same && !whole && top >= shown.from && bottom <= shown.to) return
    const from = whole ? 0 : top - AROUND
    const to = whole ? scene.layout.height : bottom + AROUND
    this.#shown = { scene, from, to, selected }
    this.#svg.setAttribute('width', String(scene.width))
    this.#svg.setAttribute('height', String(scene.layout.height))
    this.#drawn.show(layersOf(scene.drawing(from, to, selected)))
    this.#list.show(this.#shown)
  }

  get #placedSelected(): PlacedRow | null {
    if (this.#selected === null) return null
    return this.#scene.spoken.find(({ row }) => row.moment.key === this.#selected) ?? null
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
    this.#detail.show({
      sentence: this.#scene.sentenceOf(row),
      time: WIRE.seconds(this.#scene.timeOf(row)),
      site: siteOf(row),
      lines: this.#scene.detailOf(row),
    })
  }

  #openSource(): void {
    const placed = this.#placedSelected
    const site = placed && fullSiteOf(placed.row)
    if (site) this.#options.openSource(site)
  }

  /** Shows one row more, or one less. */
  #step(by: number): void {
    const all = rowsOf(this.#figure, this.#level)
      .filter(({ quiet }) => !quiet)
      .map(({ joined, moment }) => (joined ?? moment).rank + 1)
    const { length } = this.#figure.moments
    const now = this.#limit ?? length
    const next = by > 0 ? all.find((count) => count > now) : all.findLast((count) => count < now)
    this.showUntil(next ?? (by > 0 ? length : 0))
    this.#body.scrollTop = this.#body.scrollHeight
  }

  #setZoom(zoom: number): void {
    this.#zoom = Math.min(2, Math.max(0.6, Math.round(zoom * 10) / 10))
    this.#sheet.style.zoom = String(this.#zoom)
    this.#recompose()
  }
}

/** Once the browser has laid out and painted the frame that is being made. */
function afterFrame(then: () => void): void {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    port1.close()
    then()
  }
  port2.postMessage(null)
}
