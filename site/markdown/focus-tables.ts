import type { Root } from 'hast'
import { visit } from 'unist-util-visit'

/** A wide table scrolls in its own frame: the keyboard must reach it. */
export function focusTables() {
  return (tree: Root) => {
    visit(tree, 'element', (node) => {
      if (node.tagName === 'table') node.properties.tabIndex = 0
    })
  }
}
