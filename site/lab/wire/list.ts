/** The rows of the figure as a list: their places, their words, who is selected. Only those near what is seen exist. */
import { write } from '../in-place.ts'
import type { PlacedRow } from './layout.ts'
import { railWords, span } from './rail-words.ts'
import type { Scene } from './scene.ts'
import { railTextX } from './svg.ts'

export interface ListActions {
  /** By its rank among the rows that have words; null for none. */
  select(rank: number | null): void
  openSource(): void
}

export interface Shown {
  scene: Scene
  /** What is seen, in px from the top. */
  from: number
  to: number
  selected: PlacedRow | null
}

/** A row that exists: where it was put, what it says, of which scene. */
interface Item {
  element: HTMLElement
  place: string
  filled: string
  scene: Scene | null
  selected: boolean
}

/** Rows that exist before and after those that are seen: a screen reader goes on reading. */
const AROUND = 60
/** How many of them are made at a time, on each side. */
const STEP = 20

export class RowList {
  readonly #list: HTMLElement
  readonly #actions: ListActions
  /** By the key of their moment. */
  readonly #items = new Map<number, Item>()
  #shown: Shown | null = null
  /** How many exist around those that are seen. */
  #around = 0

  constructor(list: HTMLElement, actions: ListActions) {
    this.#list = list
    this.#actions = actions
    list.addEventListener('keydown', (event) => this.#onKey(event))
    list.addEventListener('click', ({ target }) => {
      const item = (target as Element).closest<HTMLElement>('[data-rank]')
      if (!item) return
      const rank = Number(item.dataset.rank)
      actions.select(rank === this.#selectedRank ? null : rank)
    })
  }

  /** Shows the rows that are seen; the others that exist are where they are to be. */
  show(shown: Shown): void {
    const { scene } = shown
    if (scene !== this.#shown?.scene) {
      this.#keep(shown)
      // Those that are not seen say what they said until it is their turn.
      write(this.#list, 'aria-busy', 'true')
    }
    this.#shown = shown
    this.#around = 0
    write(this.#list, 'data-form', scene.layout.form)
    this.#put(...seenIn(shown))
    this.#unselect()
    const active = shown.selected && this.#items.get(shown.selected.row.moment.key)
    if (active) write(this.#list, 'aria-activedescendant', active.element.id)
    else this.#list.removeAttribute('aria-activedescendant')
  }

  /** Has some more of those around them exist; false once all do, and no other. */
  extend(): boolean {
    const shown = this.#shown!
    const rows = shown.scene.spoken
    const [first, last] = seenIn(shown)
    this.#around += STEP
    const wanted = this.#put(
      Math.max(0, first - this.#around),
      Math.min(rows.length - 1, last + this.#around),
    )
    if (this.#around < AROUND) return true
    for (const key of this.#items.keys()) if (!wanted.has(key)) this.#remove(key)
    this.#list.removeAttribute('aria-busy')
    return false
  }

  /**
   * What is seen of another scene goes to its place there, what stands where it did stays, the rest leaves: it exists again
   * once the page has had time to lay it out.
   */
  #keep(shown: Shown): void {
    const { scene, selected } = shown
    const [first, last] = seenIn(shown)
    const stay = new Set<number>()
    for (const [rank, placed] of scene.spoken.entries()) {
      const { key } = placed.row.moment
      const item = this.#items.get(key)
      if (!item) continue
      const near = (rank >= first && rank <= last) || placed === selected
      if (!near && item.place !== placeOf(placed, scene)) continue
      place(item, placed, scene)
      stay.add(key)
    }
    for (const key of this.#items.keys()) if (!stay.has(key)) this.#remove(key)
  }

  /** A row that was selected is no longer, even where it is not seen. */
  #unselect(): void {
    const { scene, selected } = this.#shown!
    for (const [key, item] of this.#items) {
      if (!item.selected || key === selected?.row.moment.key) continue
      const rank = scene.spoken.findIndex(({ row }) => row.moment.key === key)
      this.#fill(item, scene.spoken[rank]!, rank, this.#shown!)
    }
  }

  #remove(key: number): void {
    this.#items.get(key)!.element.remove()
    this.#items.delete(key)
  }

  /** Has these rows exist; gives their keys. */
  #put(first: number, last: number): Set<number> {
    const shown = this.#shown!
    const put = new Set<number>()
    let before: Element | null = null
    for (let rank = first; rank <= last; rank += 1) {
      const placed = shown.scene.spoken[rank]!
      const { key } = placed.row.moment
      put.add(key)
      const known = this.#items.get(key)
      const item = known ?? this.#newItem(key)
      this.#fill(item, placed, rank, shown)
      const { element } = item
      const next: ChildNode | null = before ? before.nextSibling : (known?.element ?? this.#list.firstChild)
      if (element !== next) this.#list.insertBefore(element, next)
      before = element
    }
    return put
  }

  get #selectedRank(): number {
    const { scene, selected = null } = this.#shown ?? {}
    return (selected && scene?.spoken.indexOf(selected)) ?? -1
  }

  #newItem(key: number): Item {
    const element = document.createElement('li')
    element.id = `${this.#list.id}-${key}`
    element.role = 'option'
    const item = { element, place: '', filled: '', scene: null, selected: false }
    this.#items.set(key, item)
    return item
  }

  #fill(item: Item, placed: PlacedRow, rank: number, { scene, selected: chosen }: Shown): void {
    const { element } = item
    const { row, bottom } = placed
    const selected = placed === chosen
    if (item.scene === scene && item.selected === selected) return
    item.scene = scene
    item.selected = selected
    const rail = scene.layout.form === 'rail'
    place(item, placed, scene)
    write(element, 'data-rank', String(rank))
    write(element, 'aria-posinset', String(rank + 1))
    write(element, 'aria-setsize', String(scene.spoken.length))
    write(element, 'aria-selected', String(selected))
    const sentence = scene.sentenceOf(row)
    const bytes = scene.bytesOf(row)
    const filled = `${sentence}\n${rail}${selected}${bytes.length}`
    if (item.filled === filled) return
    item.filled = filled
    element.replaceChildren(span('hidden-word', sentence))
    if (rail) element.append(railWords(row, scene, selected))
    if (bytes.length > 0) {
      const lines = document.createElement('pre')
      lines.textContent = bytes.join('\n')
      if (!rail) lines.style.marginBottom = `${bottom - placed.y + 4}px`
      element.append(lines)
    }
  }

  #onKey(event: KeyboardEvent): void {
    const rows = this.#shown?.scene.spoken ?? []
    const at = this.#selectedRank
    const last = rows.length - 1
    const to = {
      ArrowDown: at < 0 ? 0 : Math.min(at + 1, last),
      ArrowUp: at < 0 ? last : Math.max(at - 1, 0),
      PageDown: Math.min(Math.max(at, 0) + 10, last),
      PageUp: Math.max((at < 0 ? last : at) - 10, 0),
      Home: 0,
      End: last,
      Escape: null,
    }[event.key]
    if (event.key === 'Enter' && at >= 0) this.#actions.openSource()
    else if (to === undefined || (to === null && at < 0)) return
    else this.#actions.select(to)
    event.preventDefault()
    event.stopPropagation()
  }
}

/** The ranks of the first and the last row that are seen; none when the first comes after the last. */
function seenIn({ scene: { spoken }, from, to }: Shown): [first: number, last: number] {
  const first = spoken.findIndex(({ bottom }) => bottom >= from)
  return [first < 0 ? spoken.length : first, spoken.findLastIndex(({ top }) => top <= to)]
}

/** Where a row stands. */
export function placeOf(placed: PlacedRow, scene: Scene): string {
  const { top, bottom } = placed
  return `top: ${top}px; height: ${bottom - top}px; padding-left: ${bytesLeft(placed, scene)}px;`
}

function place(item: Item, placed: PlacedRow, scene: Scene): void {
  const style = placeOf(placed, scene)
  if (item.place === style) return
  item.place = style
  item.element.style.cssText = style
}

/** Where the words of a row begin: after the rail, or between the lanes that its bytes go between. */
function bytesLeft({ row }: PlacedRow, { layout, lanes, level }: Scene): number {
  if (layout.form === 'rail') return railTextX(lanes)
  if (level !== 'bytes') return 0
  const peers = [
    row.moment.role,
    ...row.out.map(({ to }) => to?.role),
    ...row.into.map(({ from }) => from?.role),
  ]
  const xs = lanes.filter(({ role }) => peers.includes(role)).map(({ x }) => x)
  return Math.max(16, Math.min(...xs) + 22)
}
