/** The sheet of the figure: what is drawn has a tree of its own, with its own style. */
import css from './sheet.css?inline'

export const SHEET = new CSSStyleSheet()
SHEET.replaceSync(css)

/**
 * Puts what an element has in a tree of its own. The page looks into its elements to style others (`:has()`): there, each
 * row that comes or goes would have the page styled anew.
 */
export function apart(element: HTMLElement): ShadowRoot {
  const root = element.attachShadow({ mode: 'open' })
  root.adoptedStyleSheets = [SHEET]
  root.append(...element.childNodes)
  return root
}
