/** The drawing of the figure: only what stands in the window that is seen. Pure: makes text. */
import { WIRE } from '../../texts/wire.ts'
import type { Bar, Lane, Layout, PlacedArrow, PlacedRow } from './layout.ts'
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
  /** Its line in the source: `serveur.ts:50`. */
  site: string
  /** Seconds since the first event. */
  timeOf(placed: PlacedRow): number
}

/** Half the width of a bar. */
export const BAR = { wide: 5, rail: 3.5 }

export function drawingOf(drawing: Drawing): string {
  const { layout, lanes, from, to } = drawing
  const seen = (top: number, bottom: number) => bottom >= from && top <= to
  const rows = layout.rows.filter(({ top, bottom, silenceY }) => seen(Math.min(top, silenceY ?? top), bottom))
  return [
    ...lanes.map(({ x }) => line('lane', x, Math.max(0, from), x, Math.min(layout.height, to))),
    ...layout.bars
      .filter(({ askedY, openY, closeY }) => seen(askedY ?? openY ?? 0, closeY ?? layout.height))
      .map((bar) => drawBar(bar, drawing)),
    ...rows.flatMap((placed) => drawSilence(placed, drawing)),
    ...layout.arrows
      .filter(({ y1, y2 }) => seen(Math.min(y1, y2) - 16, Math.max(y1, y2) + 16))
      .map((arrow) => drawArrow(arrow, drawing)),
    ...rows.flatMap((placed) => drawMark(placed, drawing)),
    ...(layout.form === 'wide' ? rows.flatMap((placed) => drawWords(placed, drawing)) : []),
  ].join('')
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign]!)
const px = (value: number) => Math.round(value * 10) / 10

function line(className: string, x1: number, y1: number, x2: number, y2: number): string {
  return `<line class="${className}" x1="${px(x1)}" y1="${px(y1)}" x2="${px(x2)}" y2="${px(y2)}"/>`
}

function rect(
  className: string,
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
): string {
  return `<rect class="${className}" x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" rx="${radius}"/>`
}

function text(
  className: string,
  x: number,
  y: number,
  anchor: 'start' | 'end' | 'middle',
  words: string,
): string {
  return `<text class="${className}" x="${px(x)}" y="${px(y)}" text-anchor="${anchor}">${words}</text>`
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
  return drawn
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

/** The words beside the lanes: what is sent at its sender's end, signals on the other side. */
function drawWords(placed: PlacedRow, drawing: Drawing): string[] {
  const { row, y, joinedY } = placed
  const { moment, joined, quiet } = row
  if (quiet) return []
  const { layout, lanes, width, selected, site } = drawing
  const words = drawing.wordsOf(placed)
  const laneX = lanes.find(({ role }) => role === moment.role)?.x
  if (laneX === undefined) return []
  const arrow = layout.arrows.find((one) => one.arrow.from === moment)
  const kind = moment.event.kind
  const drawn: string[] = []
  const on = placed === selected
  const withSite = on && site ? `<tspan class="site" dx="9">${escaped(site)} ↗</tspan>` : ''
  const notes =
    words.notes.length > 0 ? `<tspan class="meta" dx="8">${escaped(words.notes.join(' · '))}</tspan>` : ''
  if (kind === 'listen' || kind === 'bind') {
    const half = words.short.length * 4 + 16
    drawn.push(
      `<g class="opens ${kind === 'listen' ? 'tcp' : 'udp'}">${rect('', laneX - half, y - 12, 2 * half, 24, 12)}${text('', laneX, y + 4, 'middle', escaped(words.short))}</g>`,
    )
    if (withSite) drawn.push(text('quiet', laneX + half + 6, y + 4, 'start', withSite))
    return drawn
  }
  const said = words.payload || arrow
  if (said && words.short) {
    const side = arrow ? Math.sign(arrow.x2 - arrow.x1) || 1 : laneX < width / 2 ? 1 : -1
    const x = (arrow?.x1 ?? laneX) + side * 14
    const room = Math.abs((arrow?.x2 ?? x + side * 300) - x) - words.notes.join(' · ').length * 7 - 30
    const label = escaped(fitted(words.short, room / 7.5))
    const anchor = side > 0 ? 'start' : 'end'
    drawn.push(text(words.payload ? 'payload' : 'quiet', x, y - 7, anchor, label + notes + withSite))
  }
  // Signals and states stand away from the peer, at the height of what they say.
  const who = joined && row.signals.some((signal) => signal.end?.role === joined.role) ? joined : moment
  const whoX = lanes.find(({ role }) => role === who.role)?.x ?? laneX
  const bar = layout.bars.find(({ end }) => end === who.end)
  const peer = who.end?.peer?.role
  const peerX = lanes.find(({ role }) => role === peer)?.x ?? arrow?.x1 ?? (whoX < width / 2 ? width : 0)
  const lines: [string, string][] = []
  if (!said) {
    const tells = words.signals.length > 0 || words.errors.length > 0
    const state = tells && ['connected', 'accept', 'receive', 'fin', 'close'].includes(kind)
    if (!state || words.notes.length > 0) lines.push(['state', escaped(words.short) + notes + withSite])
    else if (withSite) lines.push(['state', withSite])
  }
  for (const signal of words.signals) lines.push(['signal', escaped(signal)])
  for (const error of words.errors) lines.push(['signal error', `✕ ${escaped(error)}`])
  const longest = [...words.signals, ...words.errors.map((error) => `✕ ${error}`)].map(({ length }) => length)
  const away = outward(whoX, peerX, lanes, width, 30 + 7 * Math.max(0, ...longest))
  const x = whoX + away * (bar ? Math.max(16, Math.abs(bar.x - whoX) + 14) : 16)
  const anchor = away > 0 ? 'start' : 'end'
  const at = who === joined ? joinedY : y
  lines.forEach(([className, words], rank) => {
    drawn.push(text(className, x, at + 4 + rank * 15, anchor, words))
  })
  return drawn
}

/** A payload that has room for so many characters. */
function fitted(words: string, characters: number): string {
  const most = Math.max(6, Math.floor(characters))
  if (words.length <= most) return words
  return `${words
    .replace(/ »$/, '')
    .slice(0, most - 3)
    .trimEnd()
    .replace(/…$/, '')}…${words.endsWith(' »') ? ' »' : ''}`
}

/** Away from the peer, unless words of this length would pass the edge of the figure. */
function outward(x: number, peerX: number, lanes: readonly Lane[], width: number, length: number): 1 | -1 {
  const away = peerX < x ? 1 : -1
  const room = away > 0 ? width - x : x
  const last = away > 0 ? lanes.every((lane) => lane.x <= x) : lanes.every((lane) => lane.x >= x)
  return last && room < length ? (-away as 1 | -1) : away
}
