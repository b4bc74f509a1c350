/** The bytes of a row, as lines, with their cuts and the headers among them. Pure. */
import { WIRE } from '../../texts/wire.ts'
import { hexLines, previewOf } from './bytes.ts'
import type { Header } from './framing.ts'
import type { Row } from './rows.ts'

/**
 * The lines of bytes of a row: what is sent, with its cuts; what is received, when it is not one whole sending. Each
 * header is said under the line where it begins.
 */
export function bytesShown(
  row: Row,
  width: number,
  headers: readonly Header[] = [],
  always = false,
): string[] {
  const { event } = row.moment
  if (event.kind !== 'send' && event.kind !== 'receive') return []
  if (event.times) return []
  const [first] = row.into
  const whole = first?.from?.event.kind === 'send' && first.from.event.bytes === event.bytes
  if (!always && event.kind === 'receive' && whole) return []
  return hexLines(previewOf(event), width, cutsOf(row)).flatMap((line, rank) => {
    const begin = headers.filter(({ at }) => Math.floor(at / width) === rank)
    return [line, ...begin.map(WIRE.header)]
  })
}

/** Where the bytes of a row were cut: between the writes that left together, on their way, or between what was joined. */
function cutsOf({ moment, out, into }: Row): number[] {
  const { event } = moment
  const cuts = new Set<number>()
  if (event.kind === 'send') {
    let at = 0
    for (const size of event.cuts ?? []) {
      at += size
      cuts.add(at)
    }
  }
  const arrows = event.kind === 'send' ? out : into
  const data = arrows.filter(({ kind }) => kind === 'data')
  const start = Math.min(...data.map(({ offset }) => offset))
  for (const { offset } of data) if (offset > start) cuts.add(offset - start)
  return [...cuts]
}
