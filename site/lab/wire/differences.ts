/**
 * What two figures of the same lab say differently: their sentences, without the times and the numbers of the ports, which
 * no two runs share. Pure.
 */
import { compose } from '../../typography.ts'
import type { Figure } from './figure.ts'
import type { LaneRole } from './lanes.ts'
import { type Row, rowsOf } from './rows.ts'
import { type Naming, sentenceOf, wordsOf } from './words.ts'

export interface Differences {
  /** Sentences that only one of them says, as often as it says them more than the other. */
  only: readonly [first: readonly string[], second: readonly string[]]
  /** The titles of the roles that say the same sentences, but not in the same order. */
  reordered: readonly string[]
}

/** What differs between two figures, role after role. */
export function differencesOf(first: Figure, second: Figure, roles: readonly LaneRole[]): Differences {
  const [a, b] = [first, second].map((figure) => toldBy(figure, roles))
  const only: [string[], string[]] = [[], []]
  const reordered: string[] = []
  for (const { role, title } of roles) {
    const [ours, theirs] = [a!.get(role) ?? [], b!.get(role) ?? []]
    const [here, there] = [without(ours, theirs), without(theirs, ours)]
    only[0].push(...here)
    only[1].push(...there)
    const differs = ours.some((sentence, at) => sentence !== theirs[at])
    if (here.length + there.length === 0 && differs) reordered.push(title)
  }
  return { only, reordered }
}

/** What each role is said to do, in its order. */
function toldBy(figure: Figure, roles: readonly LaneRole[]): Map<string, string[]> {
  const titles = new Map(roles.map(({ role, title }) => [role, title]))
  const naming: Naming = { titleOf: (role) => titles.get(role) ?? role, relayed: figure.relayed }
  const told = new Map<string, string[]>()
  for (const row of rowsOf(figure, 'events').flatMap(apart)) {
    if (row.quiet) continue
    const { role } = row.moment
    const sentences = told.get(role) ?? []
    told.set(role, sentences)
    sentences.push(compose(withoutPorts(sentenceOf(row, wordsOf(row, naming), naming))))
  }
  return told
}

/** What is sent and what arrives are one row or two, as time has it: here always two. */
function apart(row: Row): Row[] {
  const { joined, joinedSignals, into } = row
  if (!joined) return [row]
  const alone = { joined: null, joinedSignals: [], silence: 0 }
  const arrives = { ...row, ...alone, moment: joined, signals: joinedSignals, out: [], into, quiet: false }
  return [{ ...row, ...alone }, arrives]
}

function withoutPorts(sentence: string): string {
  return sentence.replace(/:\d+/g, ':…')
}

/** Those of `all` that are not among `others`. */
function without(all: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>()
  for (const one of others) left.set(one, (left.get(one) ?? 0) + 1)
  return all.filter((one) => {
    const count = left.get(one) ?? 0
    left.set(one, count - 1)
    return count <= 0
  })
}
