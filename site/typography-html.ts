/** Composes the French of a page already written as HTML. Pure and idempotent. */
import type { Nodes } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { SKIP, visit } from 'unist-util-visit'
import { compose } from './typography.ts'

/** Elements whose text is not French prose: code, programs, what a script reads. */
const LEFT_ALONE = new Set([
  'code',
  'pre',
  'kbd',
  'samp',
  'script',
  'style',
  'textarea',
  'template',
  'astro-island',
])
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** The page with the text of its prose composed; every other character stays as it is. */
export function composeHtml(html: string): string {
  const pieces: string[] = []
  let done = 0
  visit(fromHtml(html), (node: Nodes) => {
    if (node.type === 'element' && LEFT_ALONE.has(node.tagName)) return SKIP
    if (node.type !== 'text') return undefined
    const composed = compose(node.value)
    const start = node.position?.start.offset
    const end = node.position?.end.offset
    if (composed === node.value || start === undefined || end === undefined) return undefined
    pieces.push(
      html.slice(done, start),
      composed.replace(/[&<>]/g, (sign) => ESCAPES[sign]!),
    )
    done = end
    return undefined
  })
  return pieces.join('') + html.slice(done)
}
