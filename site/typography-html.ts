/** Composes the French of a page already written as HTML. Pure and idempotent. */
import { compose } from './typography.ts'

/** Elements whose text is not French prose: code, programs, what a script reads. */
const LEFT_ALONE = 'code|pre|kbd|samp|script|style|textarea|template|astro-island'
const PIECES = new RegExp(`<(${LEFT_ALONE})\\b[\\s\\S]*?</\\1>|<!--[\\s\\S]*?-->|<[^>]*>|[^<]+`, 'g')

/** The page with the text between its tags composed; tags, attributes and code stay as they are. */
export function composeHtml(html: string): string {
  return html.replace(PIECES, (piece) =>
    piece.startsWith('<') ? piece : compose(piece.replaceAll('&#39;', "'")),
  )
}
