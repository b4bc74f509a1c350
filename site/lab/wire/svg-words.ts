/** The words beside the lanes: what is sent at its sender's end, signals and states on the other side. Pure: makes text. */
import type { PlacedRow } from './layout.ts'
import type { Moment, MomentOf } from './moments.ts'
import { isFailure } from './rows.ts'
import { escaped, rect, text } from './shapes.ts'
import type { Drawing } from './svg.ts'
import { errorName, signalName, type Words } from './words.ts'

/** Width of a character of the code font, and of the other one, in px; between two lines. */
const CODE = 7
const PROSE = 7.4
const LINE = 15
/** A payload is not cut under so many characters. */
const SHORTEST = 12

interface Line {
  kind: 'state' | 'signal' | 'signal error'
  text: string
  /** Said after it, more quietly. */
  notes?: string
}

export function wordsBeside(placed: PlacedRow, drawing: Drawing): string[] {
  const { row } = placed
  if (row.quiet) return []
  const words = drawing.wordsOf(placed)
  const { kind } = row.moment.event
  if (kind === 'listen' || kind === 'bind') return [pill(placed, words, drawing)]
  const says = words.payload || row.out.length > 0
  const own = linesOf(row.signals)
  if (kind !== 'signal') {
    const errors = words.errors.filter((error) => !row.joinedSignals.some((one) => errorName(one) === error))
    for (const error of errors)
      if (!own.some(({ text }) => text === `✕ ${error}`))
        own.push({ kind: 'signal error', text: `✕ ${error}` })
  }
  const told = own.length > 0 && ['connected', 'accept', 'receive', 'fin', 'close'].includes(kind)
  const notes = words.notes.join(' · ')
  if (!says && words.short && (!told || notes)) own.unshift({ kind: 'state', text: words.short, notes })
  return [
    ...(says && words.short ? [label(placed, words, drawing)] : []),
    ...beside(row.moment, placed.y, own, placed, drawing),
    ...(row.joined ? beside(row.joined, placed.joinedY, linesOf(row.joinedSignals), placed, drawing) : []),
  ]
}

function linesOf(signals: readonly MomentOf<'signal'>[]): Line[] {
  return signals.map((signal) =>
    isFailure(signal)
      ? { kind: 'signal error', text: `✕ ${errorName(signal)}` }
      : { kind: 'signal', text: signalName(signal) },
  )
}

function laneOf(role: string | undefined, { lanes }: Drawing): number | undefined {
  return lanes.find((lane) => lane.role === role)?.x
}

/** A port that opens, on its lane. */
function pill({ row, y }: PlacedRow, { short }: Words, drawing: Drawing): string {
  const x = laneOf(row.moment.role, drawing) ?? 0
  const half = short.length * 4 + 16
  const transport = row.moment.event.kind === 'listen' ? 'tcp' : 'udp'
  return `<g class="opens ${transport}">${rect('', x - half, y - 12, 2 * half, 24, 12)}${text('', x, y + 4, 'middle', escaped(short))}</g>`
}

/** What leaves, over its arrow, at its sender's end. */
function label({ row, y, bytes }: PlacedRow, words: Words, drawing: Drawing): string {
  const { lanes, width, layout } = drawing
  const arrow = layout.arrows.find((one) => one.arrow.from === row.moment)
  const laneX = laneOf(row.moment.role, drawing) ?? 0
  const side = arrow ? Math.sign(arrow.x2 - arrow.x1) || 1 : laneX < width / 2 ? 1 : -1
  const x = (arrow?.x1 ?? laneX) + side * 14
  const ahead = lanes.map((lane) => lane.x).filter((other) => (other - x) * side > 20)
  const next = Math.min(...ahead.map((other) => Math.abs(other - x)), 400)
  const roomOf = (noted: string) => (next - (noted ? noted.length * CODE + 24 : 16)) / PROSE
  const all = words.notes.join(' · ')
  // Where lanes are near, what is said goes before its size, the first note, which the detail tells.
  const sized = !words.payload || roomOf(all) >= Math.min(words.short.length, SHORTEST)
  const notes = sized ? all : words.notes.slice(1).join(' · ')
  const room = roomOf(notes)
  const quiet = notes ? `<tspan class="meta" dx="8">${escaped(notes)}</tspan>` : ''
  const said = words.payload ? fitted(words.short, Math.max(SHORTEST, room)) : words.short
  return text(
    words.payload ? 'payload' : 'quiet',
    x,
    y - 7 - bytes,
    side > 0 ? 'start' : 'end',
    escaped(said) + quiet,
  )
}

/** Lines beside the lane of a moment, away from its peer. */
function beside(
  moment: Moment,
  y: number,
  lines: readonly Line[],
  { row }: PlacedRow,
  drawing: Drawing,
): string[] {
  const laneX = laneOf(moment.role, drawing)
  if (laneX === undefined || lines.length === 0) return []
  const { layout, width } = drawing
  const bar = layout.bars.find(({ end }) => end === moment.end)
  const other =
    moment === row.joined
      ? row.moment.role
      : (row.out[0]?.to?.role ?? row.out[0]?.towards ?? row.into[0]?.from?.role)
  const peerX = laneOf(moment.end?.peer?.role ?? other, drawing) ?? (laneX < width / 2 ? width : 0)
  const longest = Math.max(...lines.map(({ text, notes = '' }) => text.length + notes.length))
  const away = outward(laneX, peerX, drawing, longest * CODE + 18)
  const x = laneX + away * (bar ? Math.max(16, Math.abs(bar.x - laneX) + 14) : 16)
  return lines.map(({ kind, text: words, notes }, rank) => {
    const quiet = notes ? `<tspan class="meta" dx="8">${escaped(notes)}</tspan>` : ''
    return text(kind, x, y + 4 + rank * LINE, away > 0 ? 'start' : 'end', escaped(words) + quiet)
  })
}

/** A payload cut to so many characters. */
function fitted(words: string, characters: number): string {
  const most = Math.floor(characters)
  if (words.length <= most) return words
  const closed = words.endsWith(' »')
  const kept = words
    .replace(/…? »$/, '')
    .slice(0, most - 3)
    .trimEnd()
  return `${kept}…${closed ? ' »' : ''}`
}

/** Away from the peer, unless words of this length would pass the edge of the figure. */
function outward(x: number, peerX: number, { lanes, width }: Drawing, length: number): 1 | -1 {
  const away = peerX < x ? 1 : -1
  const room = away > 0 ? width - x : x
  const last = away > 0 ? lanes.every((lane) => lane.x <= x) : lanes.every((lane) => lane.x >= x)
  return last && room < length ? (-away as 1 | -1) : away
}
