/**
 * Where panes stand one above the other, the fourth role leaves little to each: those that say nothing fold to their head
 * and their last line. A pane that prints, that is clicked or that has the keyboard is open.
 */
import type { RolePane } from './role-pane.ts'

/** How many stay open, whatever they say. */
const OPEN = 3
/** How long a pane must have been silent to fold, in ms: panes that talk by turns all stay open. */
const SILENT = 10_000

export class Folding {
  readonly #panes: () => readonly RolePane[]
  readonly #moved: () => void
  /** When each pane was last heard or wanted. */
  readonly #heard = new WeakMap<RolePane, number>()
  readonly #printed = new WeakMap<RolePane, number>()
  /** A button that moves between the press and its release is not clicked. */
  #pressed = false

  /** `moved` is told when panes change size. */
  constructor(root: HTMLElement, panes: () => readonly RolePane[], moved: () => void) {
    this.#panes = panes
    this.#moved = moved
    for (const type of ['click', 'focusin']) {
      root.addEventListener(type, ({ target }) => {
        const pane = panes().find(({ element }) => target instanceof Node && element.contains(target))
        if (pane) this.#wanted(pane)
      })
    }
    root.addEventListener('pointerdown', () => this.#press())
    this.refresh()
  }

  /** To be called when a role comes, goes or prints. */
  refresh(): void {
    for (const pane of this.#panes()) {
      if (pane.printed === (this.#printed.get(pane) ?? 0)) continue
      this.#printed.set(pane, pane.printed)
      this.#heard.set(pane, performance.now())
    }
    this.#fold()
  }

  #press(): void {
    this.#pressed = true
    const over = new AbortController()
    const release = () => {
      over.abort()
      // The click comes next.
      setTimeout(() => {
        this.#pressed = false
        this.#fold()
      })
    }
    for (const type of ['pointerup', 'pointercancel'])
      addEventListener(type, release, { signal: over.signal })
  }

  #wanted(pane: RolePane): void {
    this.#heard.set(pane, performance.now())
    this.#fold()
  }

  #fold(): void {
    if (this.#pressed) return
    const silentSince = performance.now() - SILENT
    const order = foldable(this.#panes(), (pane) => this.#heard.get(pane) ?? Number.NEGATIVE_INFINITY)
    let moved = false
    for (const [rank, pane] of order.entries()) {
      const heard = this.#heard.get(pane)
      const kept = rank < OPEN || pane.element.matches(':focus-within')
      if (pane.fold(!kept && (heard === undefined || heard < silentSince))) moved = true
    }
    if (moved) this.#moved()
  }
}

/** The last heard first; of those that never were, in their order. */
function foldable<P>(panes: readonly P[], heard: (pane: P) => number): readonly P[] {
  return panes.toSorted((a, b) => {
    const [left, right] = [heard(a), heard(b)]
    return left === right ? 0 : right - left
  })
}
