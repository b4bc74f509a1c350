import type { Root } from 'hast'
import { visit } from 'unist-util-visit'

/** Markdown links to pages are written from the root of the site: they take the prefix it is served under. */
export function baseLinks({ base }: { base: string }) {
  const prefix = base.replace(/\/$/, '')
  return (tree: Root) => {
    visit(tree, 'element', ({ tagName, properties }) => {
      const { href } = properties
      if (tagName === 'a' && typeof href === 'string' && /^\/(?!\/)/.test(href))
        properties.href = prefix + href
    })
  }
}
