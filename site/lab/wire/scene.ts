/** The figure as it is shown: its rows, their words, their places; made anew when what happened, or the window, changes. */
import type { Framing } from '../../../labs/lab.ts'
import { compose } from '../../typography.ts'
import { type Figure, figureOf } from './figure.ts'
import { type Headers, headersOf } from './framing.ts'
import { type LaneRole, lanesFor } from './lanes.ts'
import { type Lane, type Layout, layoutOf, type PlacedRow } from './layout.ts'
import { bytesShown } from './row-bytes.ts'
import { type Level, type Row, rowsOf } from './rows.ts'
import { BAR, type Drawing } from './svg.ts'
import { type Naming, sentenceOf, type Words, wordsOf } from './words.ts'

/** Height of a line of bytes, in px. */
const BYTES_LINE = 16
/** Bytes on a line of the detail. */
const DETAIL = 16
/** Under which width the rail is tighter; height of its rows. */
const NARROW = 420
const ROW = { roomy: 32, narrow: 29 }

/** Kept, as the figures that they come from. */
const told = new WeakMap<Figure, Figure>()

/** A figure without what no event tells. */
function toldIn(whole: Figure): Figure {
  const known = told.get(whole)
  if (known) return known
  const deduces = whole.arrows.some((arrow) => arrow.deduced)
  const figure = deduces ? { ...whole, arrows: whole.arrows.filter((arrow) => !arrow.deduced) } : whole
  told.set(whole, figure)
  return figure
}

export interface SceneOptions {
  figure: Figure
  level: Level
  /** How many moments are shown. */
  count: number
  roles: readonly LaneRole[]
  /** Of the figure, at its scale, in px. */
  width: number
  framing?: Framing | undefined
  /** Arrows that no event tells are drawn too. */
  deduced?: boolean
}

export class Scene {
  readonly figure: Figure
  readonly level: Level
  readonly width: number
  readonly lanes: readonly Lane[]
  readonly layout: Layout
  /** The rows that have words. */
  readonly spoken: readonly PlacedRow[]
  /** How many bytes a line shows. */
  readonly bytesWidth: number
  readonly #headers: Headers | undefined
  readonly #naming: Naming
  readonly #words = new Map<Row, Words>()
  readonly #sentences = new Map<Row, string>()

  constructor({ figure: whole, level, count, roles, width, framing, deduced = false }: SceneOptions) {
    const figure = deduced ? whole : toldIn(whole)
    this.figure = figure
    this.#headers = framing && headersOf(figure.ends, framing)
    this.level = level
    this.width = width
    const titles = new Map(roles.map(({ role, title }) => [role, title]))
    this.#naming = { titleOf: (role) => titles.get(role) ?? role, relayed: figure.relayed }
    const { form, lanes } = lanesFor(roles, width, level)
    this.lanes = lanes
    const [first, second] = lanes
    const apart = form === 'wide' && first && second ? second.x - first.x : width - 130
    this.bytesWidth = apart > 520 ? 16 : 8
    this.layout = layoutOf({
      figure,
      rows: rowsOf(figure, level, count),
      lanes,
      form,
      bar: BAR[form],
      rowHeight: width < NARROW ? ROW.narrow : ROW.roomy,
      extra: (row) => this.bytesOf(row).length * BYTES_LINE,
    })
    this.spoken = this.layout.rows.filter(({ row }) => !row.quiet)
  }

  /** Nothing has happened. */
  static empty(): Scene {
    return new Scene({ figure: figureOf([]), level: 'events', count: 0, roles: [], width: 0 })
  }

  /** The lines of bytes of a row, where they are shown. */
  bytesOf(row: Row): string[] {
    return this.level === 'bytes' ? bytesShown(row, this.bytesWidth, this.#headersOf(row)) : []
  }

  /** All its bytes, when it is looked at. */
  detailOf(row: Row): string[] {
    return bytesShown(row, DETAIL, this.#headersOf(row), true)
  }

  #headersOf({ moment }: Row) {
    return this.#headers?.get(moment)
  }

  wordsOf(row: Row): Words {
    const known = this.#words.get(row)
    if (known) return known
    const words = wordsOf(row, this.#naming)
    this.#words.set(row, words)
    return words
  }

  sentenceOf(row: Row): string {
    const known = this.#sentences.get(row)
    if (known !== undefined) return known
    const sentence = compose(sentenceOf(row, this.wordsOf(row), this.#naming))
    this.#sentences.set(row, sentence)
    return sentence
  }

  titleOf(role: string): string {
    return this.#naming.titleOf(role)
  }

  /** Seconds since the first event. */
  timeOf({ moment }: Row): number {
    return (moment.event.at - (this.figure.moments[0]?.event.at ?? 0)) / 1e6
  }

  /** What is drawn of it between two heights. */
  drawing(from: number, to: number, selected: PlacedRow | null): Drawing {
    return {
      layout: this.layout,
      lanes: this.lanes,
      width: this.width,
      from,
      to,
      selected,
      wordsOf: ({ row }) => this.wordsOf(row),
      timeOf: ({ row }) => this.timeOf(row),
    }
  }
}
