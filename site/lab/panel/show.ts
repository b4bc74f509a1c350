/** Writes a sentence of the course in the page: `code`, French typography, and nothing else as HTML. */
import { inline } from '../../inline.ts'
import { compose } from '../../typography.ts'

export function showInline(element: Element, text: string): void {
  element.innerHTML = inline(text, compose)
}
