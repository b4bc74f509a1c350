/**
 * Which lines of a Qt listing and of its TypeScript twin say the same thing. The twin bears Qt's exact names, so two
 * lines match by what they share: class and method names, strings, the sub-goal of a comment. Pure.
 */

/** Words that both languages write without meaning the same step. */
const COMMON = new Set(
  'const auto void bool int this new return if else while for private public class string null nullptr true false import from include type case break default switch readonly function number void explicit parent QObject Q_OBJECT slots'.split(
    ' ',
  ),
)
/** At least this share of the words of the poorer line must stand in the other. */
const ALIKE = 0.6

/** What a line is known by: its identifiers and its strings, whatever the language. */
export function signature(line: string): Set<string> {
  const words = new Set<string>()
  const comment = /^\s*\/\/\s*(.+)$/.exec(line)
  if (comment) return new Set([`// ${comment[1]!.trim()}`])
  const code = line.replace(/\/\/.*$/, '')
  for (const [, , text] of code.matchAll(/(['"`])((?:(?!\1).)+)\1/g))
    words.add(text!.replace(/\\n/g, '').trim())
  const bare = code.replace(/(['"`])(?:(?!\1).)*\1/g, ' ')
  for (const [word] of bare.matchAll(/[A-Za-z_]\w{2,}/g)) {
    if (!COMMON.has(word)) words.add(word.replace(/^_/, ''))
  }
  return words
}

function alike(a: Set<string>, b: Set<string>): number {
  if (a.size === 0 || b.size === 0) return 0
  const shared = [...a].filter((word) => b.has(word)).length
  return shared / Math.min(a.size, b.size)
}

/** Pairs of line numbers (from 0) that match, in order: the alignment of the highest total likeness. */
export function align(left: readonly string[], right: readonly string[]): [number, number][] {
  const a = left.map(signature)
  const b = right.map(signature)
  const score = a.map((x) => b.map((y) => (alike(x, y) >= ALIKE ? alike(x, y) : 0)))
  const best = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const paired = score[i]![j]! > 0 ? score[i]![j]! + best[i + 1]![j + 1]! : 0
      best[i]![j] = Math.max(paired, best[i + 1]![j]!, best[i]![j + 1]!)
    }
  }
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const current = best[i]![j]!
    if (score[i]![j]! > 0 && current === score[i]![j]! + best[i + 1]![j + 1]!) {
      pairs.push([i, j])
      i += 1
      j += 1
    } else if (current === best[i + 1]![j]) i += 1
    else j += 1
  }
  return pairs
}
