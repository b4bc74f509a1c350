/** Where everything of the figure stands, in px: one row an event, not in proportion to time. Pure. */
import type { Arrow } from './arrows.ts'
import type { Figure } from './figure.ts'
import type { End, Moment } from './moments.ts'
import type { Row } from './rows.ts'

/** `wide`: words stand beside the lanes. `rail`: the lanes are a rail, the words a list beside it. */
export type Form = 'wide' | 'rail'

export interface Lane {
  role: string
  title: string
  x: number
}

export interface PlacedRow {
  row: Row
  top: number
  bottom: number
  /** Where its event stands, and the end of its arrow when both are one row. */
  y: number
  joinedY: number
  /** Height of its lines of bytes: under its words, over its arrow. */
  bytes: number
  /** Where the dotted line of a silence stands; null without one. */
  silenceY: number | null
}

/** One end of a connection, while it is open; hollow while it is being made. */
export interface Bar {
  end: End
  x: number
  /** Null when it was asked for before what is shown, or never: the other end asked. */
  askedY: number | null
  openY: number | null
  closeY: number | null
}

export interface PlacedArrow {
  arrow: Arrow
  x1: number
  y1: number
  /** Where it ends, or would. */
  x2: number
  y2: number
}

export interface Layout {
  form: Form
  rows: readonly PlacedRow[]
  bars: readonly Bar[]
  arrows: readonly PlacedArrow[]
  height: number
}

export interface LayoutOptions {
  figure: Figure
  rows: readonly Row[]
  lanes: readonly Lane[]
  form: Form
  /** Height of the lines of bytes under a row. */
  extra(row: Row): number
  /** Half the width of a bar. */
  bar: number
  /** Height of a row of the rail. */
  rowHeight: number
}

/** Between a silence and what follows, between the ends of an arrow on one row, between two signals of a row. */
const GAP = { wide: 26, rail: 22 }
const STEEP = { wide: 15, rail: 10 }
const LINE = 15
/** What a row without words takes. */
const QUIET = { wide: 14, rail: 10 }

/** What a row takes above its point, then below. */
const LEAD: Readonly<Record<string, [number, number]>> = {
  send: [34, 6],
  connect: [32, 6],
  listen: [20, 16],
  bind: [20, 16],
  exit: [16, 12],
  over: [16, 12],
  close: [20, 8],
  shutdown: [26, 8],
}

export function layoutOf(options: LayoutOptions): Layout {
  const { figure, lanes, form, bar } = options
  const { rows, yOf, height } = placeRows(options)
  const xs = new Map(lanes.map(({ role, x }) => [role, x]))
  const bars = barsOf(figure, xs, yOf, bar)
  const shift = new Map(bars.map(({ end, x }) => [end, x]))
  const xOf = (moment: Moment) => (moment.end && shift.get(moment.end)) ?? xs.get(moment.role)
  const arrows = figure.arrows.flatMap((arrow) => placeArrow(arrow, xOf, xs, yOf, form) ?? [])
  return { form, rows, bars, arrows, height }
}

type YOf = (moment: Moment | null) => number | null

function placeRows({ figure, rows, form, extra, rowHeight }: LayoutOptions) {
  const ys = new Float64Array(figure.moments.length).fill(Number.NaN)
  const placed: PlacedRow[] = []
  let bottom = form === 'wide' ? 4 : 2
  for (const row of rows) {
    const { moment, joined, quiet, silence } = row
    const silenceY = silence > 0 ? bottom + GAP[form] / 2 : null
    const top = bottom + (silenceY === null ? 0 : GAP[form])
    const [lead, tail] = quiet
      ? [QUIET[form] - 2, 2]
      : form === 'rail'
        ? [rowHeight / 2, rowHeight / 2]
        : (LEAD[moment.event.kind] ?? [14, 8])
    const bytes = quiet ? 0 : extra(row)
    const y = top + lead + (form === 'wide' ? bytes : 0)
    const joinedY = joined ? y + STEEP[form] : y
    const lines = Math.max(ownLines(row), row.joinedSignals.length)
    const more = quiet || form === 'rail' ? 0 : Math.max(0, lines - 1) * LINE
    bottom = (form === 'rail' ? y : joinedY) + tail + more + (form === 'rail' ? bytes : 0)
    if (form === 'rail') bottom = Math.max(bottom, joinedY)
    ys[moment.rank] = y
    if (joined) ys[joined.rank] = joinedY
    placed.push({ row, top, bottom, y, joinedY, bytes, silenceY })
  }
  const yOf: YOf = (moment) => {
    const y = moment ? ys[moment.rank] : undefined
    return y === undefined || Number.isNaN(y) ? null : y
  }
  return { rows: placed, yOf, height: bottom + 24 }
}

/** How many lines stand beside the event of a row: its signals, and where it failed, its words over its error. */
function ownLines({ moment: { event }, signals }: Row): number {
  const failed = event.kind !== 'signal' && 'error' in event && event.error !== undefined
  return failed ? Math.max(signals.length, 1) + 1 : signals.length
}

/** A bar for each end of a connection, on the side of its peer, beside those that are open at the same time. */
function barsOf(figure: Figure, xs: ReadonlyMap<string, number>, yOf: YOf, half: number): Bar[] {
  const bars: Bar[] = []
  /** For each lane and side, the bars that are still open, by place. */
  const places = new Map<string, (number | null)[]>()
  const ends = figure.connections
    .flatMap(({ client, server }) => [client, server])
    .filter((end) => end !== null)
    .filter(({ asked, opened }) => yOf(asked) !== null || yOf(opened) !== null)
    .sort((a, b) => (a.asked ?? a.opened)!.rank - (b.asked ?? b.opened)!.rank)
  const many = new Set(figure.connections.flatMap(({ server }) => (server ? [server.role] : [])))
  for (const end of ends) {
    const x = xs.get(end.role)
    if (x === undefined) continue
    const askedY = yOf(end.asked)
    const openY = yOf(end.opened)
    const stop = end.closed ?? end.over
    const closeY = yOf(stop) ?? yOf(end.refused)
    const peerX = (end.peer && xs.get(end.peer.role)) ?? x
    const side = peerX < x ? -1 : peerX > x ? 1 : 0
    const key = `${end.role} ${side}`
    const open = places.get(key) ?? []
    places.set(key, open)
    const from = askedY ?? openY ?? 0
    let place = open.findIndex((until) => until !== null && until <= from)
    if (place < 0) place = open.length
    open[place] = closeY
    const apart = 2 * half + 4
    // A program with one connection has its bar on its lane.
    const shift = many.has(end.role) && side !== 0 ? side * (half + 2 + place * apart) : place * apart
    bars.push({ end, x: x + shift, askedY, openY, closeY })
  }
  return bars
}

function placeArrow(
  arrow: Arrow,
  xOf: (moment: Moment) => number | undefined,
  xs: ReadonlyMap<string, number>,
  yOf: YOf,
  form: Form,
): PlacedArrow | null {
  const { from, to, towards } = arrow
  const y1 = yOf(from)
  const y2 = yOf(to)
  const x1 = from && xOf(from)
  if (from && y1 !== null && typeof x1 === 'number') {
    if (to && y2 !== null) {
      const x2 = xOf(to)
      return x2 === undefined ? null : { arrow, x1, y1, x2, y2 }
    }
    const aim = (towards && towards !== from.role && xs.get(towards)) || null
    // Where nothing arrives, the arrow stops on its way.
    const short = form === 'wide' ? 90 : 15
    const side = aim === null ? 1 : Math.sign(aim - x1)
    const reach =
      aim === null ? short : Math.min(Math.abs(aim - x1) * 0.6, Math.max(short, Math.abs(aim - x1) * 0.5))
    return { arrow, x1, y1, x2: x1 + side * reach, y2: y1 + STEEP[form] / 2 }
  }
  return null
}
