/**
 * « Le fil » in the page: which figure is shown, up to where and at which level; tells what is selected, follows what
 * happens. All that it draws is in its list too, which the keyboard and a screen reader walk through.
 */
import type { Framing } from '../../../labs/lab.ts'
import { WIRE } from '../../texts/wire.ts'
import { Detail } from './detail.ts'
import { jsonFile, styleOf, svgFile } from './export.ts'
import type { Figure } from './figure.ts'
import { Figured } from './figured.ts'
import { Foot } from './foot.ts'
import { Head } from './head.ts'
import type { LaneRole } from './lanes.ts'
import type { PlacedRow } from './layout.ts'
import { Making } from './making.ts'
import type { Happening, Moment } from './moments.ts'
import { Painting } from './painting.ts'
import { wirePorts } from './ports-table.ts'
import { type Level, type Row, rowsOf } from './rows.ts'
import { Scene } from './scene.ts'
import { apart } from './sheet.ts'
import { fullSiteOf, siteOf } from './site.ts'
import { Viewport } from './viewport.ts'

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

/** The scale of the figure for a class. */
const PRESENTED = 1.3
/** Least width of a drawing that is kept, in all and for each lane, in px. */
const EXPORTED = 928
const EXPORTED_LANE = 230

export class WireView {
  readonly #options: WireOptions
  readonly #viewport: Viewport
  readonly #painting: Painting
  readonly #detail: Detail
  readonly #head: Head
  readonly #foot: Foot
  readonly #figured = new Figured()
  readonly #making = new Making({
    busy: () => this.#figured.busy,
    make: (made) => this.#make(made),
  })
  #scene = Scene.empty()
  #level: Level = 'events'
  /** How many moments are shown; null for all, as they come. */
  #limit: number | null = null
  /** The key of the moment that is selected. */
  #selected: number | null = null
  /** Whether arrows that no event tells are drawn. */
  #deduced = false
  #frame = 0

  constructor(options: WireOptions) {
    this.#options = options
    const { root } = options
    const part = <E extends Element>(name: string) => root.querySelector<E>(`[data-wire-${name}]`)!
    const sheet = part<HTMLElement>('sheet')
    const openSource = () => this.#openSource()
    this.#detail = new Detail(part('detail'), { openSource, close: () => this.select(null) })
    this.#head = new Head(root, (level) => {
      this.level = level
    })
    this.#foot = new Foot(root, {
      showUntil: (count) => this.showUntil(count),
      pause: () => this.showUntil(this.#limit === null ? this.figure.moments.length : null),
      step: (by) => this.#step(by),
      zoom: (by) => this.#setZoom(this.#viewport.zoom + by),
      deduce: (on) => {
        this.#deduced = on
        this.#recompose()
      },
    })
    wirePorts(
      part('ports'),
      () => this.figure,
      (role) => this.#scene.titleOf(role),
    )
    this.#viewport = new Viewport(part('body'), sheet, {
      scrolled: () => {
        this.#unfoldSoon()
        this.#redraw()
      },
      resized: () => this.replace(),
    })
    this.#painting = new Painting({
      root: apart(sheet),
      viewport: this.#viewport,
      actions: { select: (rank) => this.select(rank), openSource },
      spent: (cost) => this.#making.spent(cost),
    })
    addEventListener('beforeprint', () => this.#painting.showWhole(this.#scene, this.#placedSelected))
  }

  get figure(): Figure {
    return this.#figured.figure
  }

  get #kept() {
    return this.#figured.kept
  }

  /** Whether all that happened is in the figure. */
  get whole(): boolean {
    return this.#kept.folded + this.#kept.dropped === 0
  }

  /** How many things have happened: the key of the next one. */
  get happened(): number {
    return this.#kept.all.length + this.#kept.dropped
  }

  /** Adds what has just happened. */
  add(happenings: readonly Happening[]): void {
    if (happenings.length === 0) return
    if (this.#kept.add(happenings)) this.select(null)
    this.#options.root.hidden = false
    this.#making.changed(happenings.some(({ event }) => 'times' in event && event.times))
  }

  /** Forgets all that happened. */
  clear(): void {
    this.#figured.clear()
    this.#limit = null
    this.#viewport.toEnd()
    this.select(null)
    this.#making.anew()
  }

  /** The figure as a drawing that stands alone. */
  svgFile(): string {
    // Wide, whatever the window: the words of a rail are not in its drawing.
    const roles = this.#options.roles().map(({ role, title }) => ({ role, title }))
    const width = Math.max(EXPORTED, roles.length * EXPORTED_LANE)
    const { figure } = this
    const count = this.#limit ?? figure.moments.length
    const { framing } = this.#options
    const deduced = this.#deduced
    const scene = new Scene({ figure, level: this.#level, count, roles, width, framing, deduced })
    const names = scene.lanes.map(({ x, title }) => ({ x, name: title }))
    return svgFile(scene.drawing(0, scene.layout.height, null), styleOf(this.#painting.svg), names)
  }

  /** The figure as data. */
  jsonFile(): string {
    const sentences = this.#scene.spoken.map(({ row }) => this.#scene.sentenceOf(row))
    return jsonFile(this.figure, sentences)
  }

  /** The lanes may have moved, or the window has another size. */
  replace(): void {
    this.#recompose()
    const selected = this.#placedSelected
    if (selected) this.#viewport.reveal(selected.top, selected.bottom)
  }

  /** Shows the first `count` moments; null follows what happens. */
  showUntil(count: number | null): void {
    this.#limit = count === null ? null : Math.min(Math.max(0, count), this.figure.moments.length)
    if (count === null) this.#viewport.toEnd()
    this.#unfold()
    this.#recompose()
  }

  set level(level: Level) {
    this.#level = level
    // Where the panes stand is asked for first: after a change the page would be laid out for it.
    this.#compose()
    this.#head.level = level
    // At once: the page is laid out one time less, and the next frame only has to paint.
    this.#draw()
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
      const { key } = placed.row.moment
      this.#figured.unfold()
      this.#unfolded()
      placed = this.#scene.spoken.find(({ row }) => row.moment.key === key) ?? null
    }
    const key = placed?.row.moment.key ?? null
    if (key === this.#selected) return
    this.#selected = key
    this.#options.selected(placed?.row ?? null)
    this.#showDetail(placed)
    if (placed) this.#viewport.reveal(placed.top, placed.bottom)
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
    return this.#limit === null && this.#viewport.atEnd && this.#selected === null
  }

  /** Someone looks at what came before. */
  #unfold(): void {
    if (this.#kept.folded === 0 || this.#follows) return
    this.#figured.unfold()
    this.#unfolded()
  }

  /** The same, while the page answers. */
  #unfoldSoon(): void {
    if (this.#kept.folded > 0 && !this.#follows) this.#figured.unfoldSoon(() => this.#unfolded())
  }

  /** All that is kept is there: what was seen stays where it was. */
  #unfolded(): void {
    const before = this.#scene.layout.height
    this.#compose()
    this.#viewport.shift(this.#scene.layout.height - before)
    this.#redraw()
    this.#making.again()
  }

  /** Makes the figure of what has happened; `made` takes what it cost. */
  #make(made: (cost: number) => void): void {
    const { folded } = this.#kept
    const follows = this.#follows
    const show = (cost: number) => {
      const started = performance.now()
      if (!follows && folded > 0) this.#unfolded()
      else this.#recompose()
      made(cost + performance.now() - started)
      this.#options.changed?.()
      // Someone may have gone up meanwhile.
      this.#unfoldSoon()
    }
    if (follows) this.#figured.followSoon(show)
    else this.#figured.unfoldSoon(show)
  }

  #redraw(): void {
    this.#frame ||= requestAnimationFrame(() => this.#draw())
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    this.#painting.show(this.#scene, this.#placedSelected)
  }

  #recompose(): void {
    this.#compose()
    this.#redraw()
  }

  #compose(): void {
    const { width, zoom } = this.#viewport
    if (width <= 0) return
    const atScale = ({ x, ...role }: LaneRole) => (x === undefined ? role : { ...role, x: x / zoom })
    const { figure } = this
    const count = this.#limit ?? figure.moments.length
    const roles = this.#options.roles().map(atScale)
    const unobserved = this.#options.unobserved()
    const { framing } = this.#options
    const deduced = this.#deduced
    this.#scene = new Scene({ figure, level: this.#level, count, roles, width, framing, deduced })
    const { layout, lanes } = this.#scene
    this.#viewport.content = layout.height
    this.#head.show(layout.form, lanes, zoom)
    const { folded, dropped } = this.#kept
    this.#foot.show({ figure, limit: this.#limit, deduced, folded, dropped, unobserved })
    if (this.#follows) this.#viewport.toEnd()
  }

  get #placedSelected(): PlacedRow | null {
    if (this.#selected === null) return null
    return this.#scene.spoken.find(({ row }) => row.moment.key === this.#selected) ?? null
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
    const all = rowsOf(this.figure, this.#level)
      .filter(({ quiet }) => !quiet)
      .map(({ joined, moment }) => (joined ?? moment).rank + 1)
    const { length } = this.figure.moments
    const now = this.#limit ?? length
    const next = by > 0 ? all.find((count) => count > now) : all.findLast((count) => count < now)
    this.showUntil(next ?? (by > 0 ? length : 0))
    this.#viewport.toEnd()
  }

  #setZoom(zoom: number): void {
    this.#viewport.zoom = Math.min(2, Math.max(0.6, Math.round(zoom * 10) / 10))
    this.#recompose()
  }
}
