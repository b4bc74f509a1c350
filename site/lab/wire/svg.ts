/** The drawing of the figure, shape by shape: only what stands in the window that is seen. Pure: makes text. */
import { WIRE } from '../../texts/wire.ts'
import type { Bar, Lane, Layout, PlacedArrow, PlacedRow } from './layout.ts'
import { line, px, rect, text } from './shapes.ts'
import { wordsBeside } from './svg-words.ts'
import type { Words } from './words.ts'

export interface Drawing {
  layout: Layout
  lanes: readonly Lane[]
  width: number
  /** The part that is seen, in px from the top. */
  from: number
  to: number
  wordsOf(placed: PlacedRow): Words
  /** The row that is selected. */
  selected: PlacedRow | null
  /** Seconds since the first event. */
  timeOf(placed: PlacedRow): number
}

/** Half the width of a bar. */
export const BAR = { wide: 5, rail: 3.5 }

/** Its shapes, each an element; a layer stands over those before it. */
export function layersOf(drawing: Drawing): string[][] {
  const { layout, lanes, from, to } = drawing
  const seen = (top: number, bottom: number) => bottom >= from && top <= to
  const rows = layout.rows.filter(({ top, bottom, silenceY }) => seen(Math.min(top, silenceY ?? top), bottom))
  return [
    [
      ...lanes.map(({ x }) => line('lane', x, Math.max(0, from), x, Math.min(layout.height, to))),
      ...layout.bars
        .filter(({ askedY, openY, closeY }) => seen(askedY ?? openY ?? 0, closeY ?? layout.height))
        .map((bar) => drawBar(bar, drawing)),
    ],
    rows.flatMap((placed) => drawSilence(placed, drawing)),
    layout.arrows
      .filter(({ y1, y2 }) => seen(Math.min(y1, y2) - 16, Math.max(y1, y2) + 16))
      .map((arrow) => drawArrow(arrow, drawing)),
    rows.flatMap((placed) => drawMark(placed, drawing)),
    layout.form === 'wide' ? rows.flatMap((placed) => wordsBeside(placed, drawing)) : [],
  ]
}

function drawBar({ x, askedY, openY, closeY, end }: Bar, { layout, from, to }: Drawing): string {
  const half = BAR[layout.form]
  const low = closeY ?? Math.min(layout.height - 6, to + 20)
  const clip = (y: number) => Math.max(y, from - 20)
  let drawn = ''
  if (askedY !== null) {
    const until = openY ?? low
    const height = Math.max(0, until - clip(askedY)) + (openY === null ? 0 : half)
    if (height > 0) drawn += rect('hollow', x - half + 0.5, clip(askedY), 2 * half - 1, height, half)
  }
  if (openY !== null) {
    const height = Math.max(low - clip(openY), 2 * half)
    drawn += rect('bar', x - half, clip(openY), 2 * half, height, half)
  }
  if (closeY !== null && end.closed && openY !== null)
    drawn += rect('end', x - half, closeY - 2, 2 * half, 4, 1)
  return `<g>${drawn}</g>`
}

function transportOf({ arrow }: PlacedArrow): string {
  if (arrow.kind !== 'datagram') return 'tcp'
  return arrow.cast === 'multicast' ? 'multicast' : 'udp'
}

function drawArrow(placed: PlacedArrow, { layout, selected }: Drawing): string {
  const { arrow } = placed
  const half = BAR[layout.form] + 1
  const side = Math.sign(placed.x2 - placed.x1) || 1
  const loose = arrow.to === null
  const x1 = placed.x1 + side * (arrow.kind === 'connect' ? 2 : half)
  const x2 = placed.x2 - (loose ? 0 : side * half)
  const { y1, y2 } = placed
  const on = selected && (selected.row.out.includes(arrow) || selected.row.into.includes(arrow))
  const carries = arrow.kind === 'data' || arrow.kind === 'datagram'
  const kind = `arrow ${arrow.kind} ${transportOf(placed)} ${arrow.fate}${arrow.deduced ? ' deduced' : ''}${on ? ' on' : ''}`
  return `<g class="${kind}">${line('stem', x1, y1, x2, y2)}${loose ? cross(x2, y2, arrow.fate) : tip(x1, y1, x2, y2, carries)}</g>`
}

/** What stopped on its way: a cross when it is known to be lost, nothing more than its end otherwise. */
function cross(x: number, y: number, fate: string): string {
  if (fate !== 'lost' && fate !== 'refused') return `<circle class="stop" cx="${px(x)}" cy="${px(y)}" r="3"/>`
  return line('cross', x - 4, y - 4, x + 4, y + 4) + line('cross', x - 4, y + 4, x + 4, y - 4)
}

/** The point of an arrow: full when bytes come, open otherwise. Drawn, so that no marker's name is needed. */
function tip(x1: number, y1: number, x2: number, y2: number, full: boolean): string {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length]
  const at = (back: number, aside: number) =>
    `${px(x2 - ux * back - uy * aside)} ${px(y2 - uy * back + ux * aside)}`
  const [back, aside] = full ? [9, 4] : [7, 3.5]
  const path = `M${at(back, aside)}L${px(x2)} ${px(y2)}L${at(back, -aside)}${full ? 'z' : ''}`
  return `<path class="${full ? 'tip' : 'tip open'}" d="${path}"/>`
}

function drawSilence(placed: PlacedRow, { layout, lanes, width, timeOf }: Drawing): string[] {
  const { silenceY } = placed
  const first = placed === layout.rows[0]
  const label = WIRE.seconds(timeOf(placed))
  if (layout.form === 'wide') {
    const time = silenceY !== null || first ? [text('time', 14, placed.y + 4, 'start', label)] : []
    return silenceY === null ? time : [line('silence', 16, silenceY, width - 16, silenceY), ...time]
  }
  if (silenceY === null) return []
  const x = railTextX(lanes)
  return [
    line('silence', x, silenceY, width - 72, silenceY),
    text('time', width - 16, silenceY + 4, 'end', label),
  ]
}

/** Where the words of the rail begin. */
export function railTextX(lanes: readonly Lane[]): number {
  return (lanes.at(-1)?.x ?? 0) + 22
}

/** What stands on a lane: a port that opens, an end. */
function drawMark({ row, y }: PlacedRow, { layout, lanes }: Drawing): string[] {
  const { event, end, role } = row.moment
  const x = lanes.find((lane) => lane.role === role)?.x
  if (x === undefined) return []
  switch (event.kind) {
    case 'listen':
    case 'bind': {
      const transport = event.kind === 'listen' ? 'tcp' : 'udp'
      return layout.form === 'rail'
        ? [`<circle class="dot ${transport}" cx="${px(x)}" cy="${px(y)}" r="4.5"/>`]
        : []
    }
    case 'connect': {
      const bar = layout.bars.find((one) => one.end === end)
      return [`<circle class="dot tcp" cx="${px(bar?.x ?? x)}" cy="${px(y)}" r="3.5"/>`]
    }
    case 'exit':
    case 'over':
      return [line('stopped', x - 8, y, x + 8, y)]
    case 'join':
    case 'leave':
      return [`<circle class="member ${event.kind}" cx="${px(x)}" cy="${px(y)}" r="4"/>`]
    default:
      return []
  }
}
