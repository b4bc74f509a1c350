/** The words of a row where there is no room for them between the lanes. */
import type { Row } from './rows.ts'
import type { Scene } from './scene.ts'
import { siteOf } from './site.ts'

/** What a row says beside the rail; selected, it names its place in the program. */
export function railWords(row: Row, scene: Scene, selected = false): HTMLElement {
  const words = scene.wordsOf(row)
  const main = span(words.payload ? 'payload' : 'state', words.main)
  const site = siteOf(row)
  const opens = row.moment.event.kind === 'listen' || row.moment.event.kind === 'bind'
  const notes = [...words.notes, ...words.signals]
  const places = opens && notes.length === 0 && !selected
  const meta =
    site && (selected || places)
      ? span(selected ? 'site' : 'meta', selected ? `${site} ↗` : site)
      : span('meta', notes.join(' · '))
  const errors = words.errors.map((error) => span('meta error', `✕ ${error}`))
  const line = span(places ? 'words before-place' : 'words', '')
  // Said by the sentence.
  line.ariaHidden = 'true'
  line.append(main, ...(errors.length > 0 ? errors : meta.textContent ? [meta] : []))
  return line
}

export function span(className: string, text: string): HTMLElement {
  const element = document.createElement('span')
  element.className = className
  element.textContent = text
  return element
}
