import type { Root } from 'mdast'
import { visit } from 'unist-util-visit'
import { compose } from '../typography.ts'

/** Composes the French of a page: its text only, so that code, addresses and attributes stay as typed. */
export function composeText() {
  return (tree: Root) => {
    visit(tree, 'text', (node) => {
      node.value = compose(node.value)
    })
  }
}
