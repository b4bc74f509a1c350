/** Marks of progress: a ring, a ring filled in part, a tick. A word always stands beside or inside. */
import type { Done } from '../learner/progress.ts'
import { compose } from '../typography.ts'

/** Draws `done` of `of` in a mark. */
export function mark(element: HTMLElement, done: number, of: number): void {
  element.dataset.done = stateOf(done, of)
  element.style.setProperty('--part', `${of > 0 ? (100 * done) / of : 0}%`)
}

export function stateOf(done: number, of: number): Done {
  if (of > 0 && done >= of) return 'done'
  return done > 0 ? 'part' : 'todo'
}

/** Writes a French sentence, but only when it changed: readers of the screen are told once. */
export function say(element: Element | null | undefined, text: string): void {
  const composed = compose(text)
  if (element && element.textContent !== composed) element.textContent = composed
}
