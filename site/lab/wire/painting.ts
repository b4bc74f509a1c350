/**
 * The figure in the page, its drawing and its rows: what is seen of a new one first, then what stands around, so that a
 * short scroll draws nothing anew and a screen reader goes on reading.
 */
import { write } from '../in-place.ts'
import { Drawn } from './drawn.ts'
import type { PlacedRow } from './layout.ts'
import { type ListActions, RowList, type Shown } from './list.ts'
import type { Scene } from './scene.ts'
import { layersOf } from './svg.ts'
import type { Viewport } from './viewport.ts'

/** Drawn above and below what is seen, in px. */
const AROUND = 300
/** How long the page answers before what stands around is drawn, in ms. */
const REST = 100

export interface PaintingOptions {
  /** The tree of what is drawn. */
  root: ShadowRoot
  viewport: Viewport
  actions: ListActions
  /** What it took, in ms. */
  spent(cost: number): void
}

export class Painting {
  readonly svg: SVGElement
  readonly #options: PaintingOptions
  readonly #drawn: Drawn
  readonly #list: RowList
  #shown: Shown | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: PaintingOptions) {
    this.#options = options
    this.svg = options.root.querySelector('svg')!
    this.#drawn = new Drawn(this.svg)
    this.#list = new RowList(options.root.querySelector('ol')!, options.actions)
  }

  /** Draws what is seen, where it is not there yet. */
  show(scene: Scene, selected: PlacedRow | null): void {
    const { from, to } = this.#options.viewport
    const shown = this.#shown
    if (shown?.scene !== scene || shown.selected !== selected) this.#paint(scene, selected, 0)
    else if (from < shown.from || to > shown.to) this.#paint(scene, selected, AROUND)
    this.#options.viewport.settle()
  }

  /** Draws all of it: on paper nothing is scrolled. */
  showWhole(scene: Scene, selected: PlacedRow | null): void {
    this.#put({ scene, selected, from: 0, to: scene.layout.height })
  }

  #paint(scene: Scene, selected: PlacedRow | null, around: number): void {
    const started = performance.now()
    const { from, to } = this.#options.viewport
    this.#put({ scene, selected, from: from - around, to: to + around })
    this.#options.spent(performance.now() - started)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#surround(), REST)
  }

  #put(shown: Shown): void {
    const { scene, from, to, selected } = shown
    this.#shown = shown
    write(this.svg, 'width', String(scene.width))
    write(this.svg, 'height', String(scene.layout.height))
    this.#drawn.show(layersOf(scene.drawing(from, to, selected)))
    this.#list.show(shown)
  }

  /** Draws what stands around what is seen. */
  #surround(): void {
    const started = performance.now()
    const { from, to } = this.#options.viewport
    const shown = this.#shown!
    this.#put({ ...shown, from: Math.min(shown.from, from - AROUND), to: Math.max(shown.to, to + AROUND) })
    this.#options.spent(performance.now() - started)
    this.#timer = setTimeout(() => this.#extend())
  }

  /** Has the rows around exist, some at a time. */
  #extend(): void {
    const started = performance.now()
    const more = this.#list.extend()
    this.#options.spent(performance.now() - started)
    if (more) this.#timer = setTimeout(() => this.#extend())
  }
}
