/** The rows of the figure as a list: their places, their words, who is selected. Only those near what is seen exist. */
import { write } from '../in-place.ts'
import type { PlacedRow } from './layout.ts'
import type { Row } from './rows.ts'
import type { Scene } from './scene.ts'
import { siteOf } from './site.ts'
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

/** Rows that exist before and after those that are seen: a screen reader goes on reading. */
const AROUND = 60

export class RowList {
  readonly #list: HTMLElement
  readonly #actions: ListActions
  readonly #items = new Map<number, HTMLElement>()
  #shown: Shown | null = null

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

  show(shown: Shown): void {
    this.#shown = shown
    const { from, to } = shown
    write(this.#list, 'data-form', shown.scene.layout.form)
    const rows = shown.scene.spoken
    let first = rows.findIndex(({ bottom }) => bottom >= from)
    if (first < 0) first = rows.length
    let last = rows.findLastIndex(({ top }) => top <= to)
    first = Math.max(0, first - AROUND)
    last = Math.min(rows.length - 1, last + AROUND)
    const wanted = new Set<number>()
    let before: Element | null = null
    for (let rank = first; rank <= last; rank += 1) {
      const placed = rows[rank]!
      const { key } = placed.row.moment
      wanted.add(key)
      const item = this.#items.get(key) ?? this.#newItem(key)
      this.#fill(item, placed, rank, shown)
      const next: ChildNode | null = before ? before.nextSibling : this.#list.firstChild
      if (item !== next) this.#list.insertBefore(item, next)
      before = item
    }
    for (const [key, item] of this.#items) {
      if (wanted.has(key)) continue
      item.remove()
      this.#items.delete(key)
    }
    const active = shown.selected && this.#items.get(shown.selected.row.moment.key)
    if (active) this.#list.setAttribute('aria-activedescendant', active.id)
    else this.#list.removeAttribute('aria-activedescendant')
  }

  get #selectedRank(): number {
    const { scene, selected = null } = this.#shown ?? {}
    return (selected && scene?.spoken.indexOf(selected)) ?? -1
  }

  #newItem(key: number): HTMLElement {
    const item = document.createElement('li')
    item.id = `${this.#list.id}-${key}`
    item.role = 'option'
    this.#items.set(key, item)
    return item
  }

  #fill(item: HTMLElement, placed: PlacedRow, rank: number, shown: Shown): void {
    const { scene } = shown
    const { row, top, bottom } = placed
    const selected = placed === shown.selected
    const rail = scene.layout.form === 'rail'
    const style = `top: ${top}px; height: ${bottom - top}px; padding-left: ${bytesLeft(placed, scene)}px;`
    if (item.style.cssText !== style) item.style.cssText = style
    write(item, 'data-rank', String(rank))
    write(item, 'aria-posinset', String(rank + 1))
    write(item, 'aria-setsize', String(scene.spoken.length))
    write(item, 'aria-selected', String(selected))
    const sentence = scene.sentenceOf(row)
    const bytes = scene.bytesOf(row)
    const filled = `${sentence}\n${rail}${selected}${bytes.length}`
    if (item.dataset.filled === filled) return
    item.dataset.filled = filled
    item.replaceChildren(span('hidden-word', sentence))
    if (rail) item.append(...this.#railWords(row, selected, scene))
    if (bytes.length > 0) {
      const lines = document.createElement('pre')
      lines.textContent = bytes.join('\n')
      if (!rail) lines.style.marginBottom = `${bottom - placed.y + 4}px`
      item.append(lines)
    }
  }

  #railWords(row: Row, selected: boolean, scene: Scene): HTMLElement[] {
    const words = scene.wordsOf(row)
    const main = span(words.payload ? 'payload' : 'state', words.main)
    const site = siteOf(row)
    const opens = row.moment.event.kind === 'listen' || row.moment.event.kind === 'bind'
    const notes = [...words.notes, ...words.signals]
    const meta =
      site && (selected || (opens && notes.length === 0))
        ? span(selected ? 'site' : 'meta', selected ? `${site} ↗` : site)
        : span('meta', notes.join(' · '))
    const errors = words.errors.map((error) => span('meta error', `✕ ${error}`))
    const line = span('words', '')
    // Said by the sentence.
    line.ariaHidden = 'true'
    line.append(main, ...(errors.length > 0 ? errors : [meta]))
    return [line]
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

function span(className: string, text: string): HTMLElement {
  const element = document.createElement('span')
  element.className = className
  element.textContent = text
  return element
}

/** Where the words of a row begin: after the rail, or between the lanes that its bytes go between. */
function bytesLeft({ row }: PlacedRow, { layout, lanes }: Scene): number {
  if (layout.form === 'rail') return railTextX(lanes)
  const peers = [
    row.moment.role,
    ...row.out.map(({ to }) => to?.role),
    ...row.into.map(({ from }) => from?.role),
  ]
  const xs = lanes.filter(({ role }) => peers.includes(role)).map(({ x }) => x)
  return Math.max(16, Math.min(...xs) + 22)
}
