/** The rows of the figure: one for each thing worth a line, with what it carries and the signals it caused. Pure. */
import type { Arrow } from './arrows.ts'
import type { Figure } from './figure.ts'
import type { End, Moment, MomentOf } from './moments.ts'

/** What the programs say to each other; all that they do; that, and the bytes. */
export type Level = 'service' | 'events' | 'bytes'

export interface Row {
  moment: Moment
  /** Where its arrow arrives, when that comes just after: both are one row. */
  joined: Moment | null
  /** Emitted because of it, and because of what its arrow brought. */
  signals: readonly MomentOf<'signal'>[]
  joinedSignals: readonly MomentOf<'signal'>[]
  /** The arrows that leave from it, and those that arrive. */
  out: readonly Arrow[]
  into: readonly Arrow[]
  /** How long nothing had happened before, in µs; 0 when that was short. */
  silence: number
  /** It has a place in the figure, where arrows end, but no words. */
  quiet: boolean
}

/** From how long a silence is shown, in µs. */
const SILENCE = 80_000

/** The rows of the first `count` moments. */
export function rowsOf(figure: Figure, level: Level, count = figure.moments.length): Row[] {
  const shown = figure.moments.slice(0, count)
  const { out, into } = arrowsOf(figure)
  const signals = signalsOf(shown)
  const said = new Set(shown.flatMap(({ event, run }) => (event.kind === 'exit' ? [run] : [])))
  const alone = shown.filter((moment) => {
    const { event } = moment
    if (event.kind === 'hello') return false
    if (event.kind === 'over') return !said.has(moment.run)
    if (event.kind === 'error') return !isAskedAgain(moment, shown)
    return event.kind !== 'signal' || signals.alone.has(moment)
  })
  const heard = (moment: Moment) => {
    const all = signals.of.get(moment) ?? []
    return level === 'service' ? all.filter(isFailure) : all
  }
  const rows: Row[] = []
  for (let at = 0; at < alone.length; at += 1) {
    const moment = alone[at]!
    const following = alone[at + 1]
    const leaving = out.get(moment) ?? []
    const joined =
      following && isAlone(leaving, following, into) && !heard(following).some(isFailure) ? following : null
    const before = rows.at(-1)
    const last = before && (before.joined ?? before.moment)
    const silence = last ? moment.event.at - last.event.at : 0
    rows.push({
      moment,
      joined,
      signals: heard(moment),
      joinedSignals: joined ? heard(joined) : [],
      out: leaving,
      into: [...(into.get(moment) ?? []), ...((joined && into.get(joined)) ?? [])],
      silence: silence >= SILENCE ? silence : 0,
      quiet: isEmpty(moment) || (level === 'service' && isQuiet(moment, into.get(moment) ?? [])),
    })
    if (joined) at += 1
  }
  return rows
}

/** Of an error, which is told at every level. */
export function isFailure({ event }: MomentOf<'signal'>): boolean {
  return /error/i.test(event.signal)
}

/** Whether all that leaves is one arrow, which brings all that `following` says, and nothing to add. */
function isAlone(
  leaving: readonly Arrow[],
  following: Moment,
  into: ReadonlyMap<Moment, readonly Arrow[]>,
): boolean {
  const [arrow] = leaving
  if (leaving.length !== 1 || arrow?.to !== following || arrow.late || arrow.duplicate) return false
  return into.get(following)?.length === 1
}

/** The closing of a connection that was refused says nothing more. */
function isEmpty({ event, end }: Moment): boolean {
  return event.kind === 'close' && end?.refused !== null && end?.refused !== undefined
}

/**
 * A failure that only says again the one before it: the twin asks a second time, without an address, why it cannot
 * listen, for Node tells it too late.
 */
function isAskedAgain(moment: Moment, moments: readonly Moment[]): boolean {
  const { event, run } = moment
  if (event.kind !== 'error' || event.call !== 'listen' || event.local !== undefined) return false
  const before = moments.findLast((one) => one.run === run && one.rank < moment.rank)?.event
  return before?.kind === 'error' && before.call === event.call && before.error === event.error
}

/** For who only wants what the programs say to each other: what ends an arrow says nothing more. */
function isQuiet({ event }: Moment, into: readonly Arrow[]): boolean {
  switch (event.kind) {
    case 'connected':
    case 'signal':
      return true
    case 'accept':
    case 'receive':
    case 'fin':
      return into.some(({ from, duplicate, late }) => from !== null && !duplicate && !late)
    default:
      return false
  }
}

interface ByMoment {
  out: ReadonlyMap<Moment, readonly Arrow[]>
  into: ReadonlyMap<Moment, readonly Arrow[]>
}

/** Kept: a figure is shown many times, up to one moment or another. */
const known = new WeakMap<Figure, ByMoment>()

/** The arrows that leave from each moment, and those that arrive. */
function arrowsOf(figure: Figure): ByMoment {
  const before = known.get(figure)
  if (before) return before
  const out = new Map<Moment, Arrow[]>()
  const into = new Map<Moment, Arrow[]>()
  const put = (map: Map<Moment, Arrow[]>, moment: Moment | null, arrow: Arrow) => {
    if (!moment) return
    const list = map.get(moment)
    if (list) list.push(arrow)
    else map.set(moment, [arrow])
  }
  for (const arrow of figure.arrows) {
    put(out, arrow.from, arrow)
    put(into, arrow.to, arrow)
  }
  known.set(figure, { out, into })
  return { out, into }
}

/** Each signal goes with what its socket did before; one that nobody heard is not shown. */
function signalsOf(moments: readonly Moment[]) {
  const of = new Map<Moment, MomentOf<'signal'>[]>()
  const alone = new Set<Moment>()
  /** The last thing done by each socket, and the last connection that each listener gave. */
  const last = new Map<End, Moment>()
  const listeners = new Map<string, End>()
  for (const moment of moments) {
    const { event, run, end } = moment
    if (event.kind === 'over' || !end) continue
    if (event.kind !== 'signal') {
      last.set(end, moment)
      if (event.kind === 'listen') listeners.set(`${run} ${event.process} ${event.socket}`, end)
      const listener = event.kind === 'accept' && listeners.get(`${run} ${event.process} ${event.server}`)
      if (listener) last.set(listener, moment)
      continue
    }
    if (event.unheard) continue
    const cause = last.get(end)
    const list = cause && of.get(cause)
    if (list) list.push(moment as MomentOf<'signal'>)
    else if (cause) of.set(cause, [moment as MomentOf<'signal'>])
    else alone.add(moment)
  }
  return { of, alone }
}
