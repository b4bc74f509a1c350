/** Which line a program printed around something that it did. Pure. */
import type { Figure } from './figure.ts'
import type { Moment } from './moments.ts'

/**
 * A place in the text of the program, in bytes, that is in that line: what it printed just after, or just before when
 * it sends, or printed nothing after. Null when it printed nothing around.
 */
export function textOfMoment(moment: Moment, { moments }: Figure): number | null {
  const own = moments.filter(
    ({ run, event }) => run === moment.run && event.kind !== 'signal' && event.kind !== 'over',
  )
  const at = own.indexOf(moment)
  if (at < 0) return null
  const before = own[at - 1]?.offset ?? 0
  const after = own[at + 1]?.offset ?? Number.POSITIVE_INFINITY
  const previous = moment.offset > before ? moment.offset - 1 : null
  const next = after > moment.offset ? moment.offset : null
  return moment.event.kind === 'send' ? (previous ?? next) : (next ?? previous)
}
