/**
 * Changes an element where it stands, and only where it differs: a page that looks into its elements to style others
 * (`:has()`) is styled anew for a child that comes or goes, and for an attribute that is written, even the same.
 */

/** Says these words in an element that only has words. */
export function say(element: Element, words: string): void {
  const [text, ...others] = element.childNodes
  if (!(text instanceof Text) || others.length > 0) element.textContent = words
  else if (text.data !== words) text.data = words
}

export function write(element: Element, attribute: string, value: string): void {
  if (element.getAttribute(attribute) !== value) element.setAttribute(attribute, value)
}
