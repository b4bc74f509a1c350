/** A line between two parts of the page: dragged, moved by the arrows, put back by a double click or Suppr. */

export interface SplitterOptions {
  /** Bounds of the part before it, in px. */
  min: number
  max(): number
  /** The width chosen before; null for the one of the style sheet. */
  kept: number | null
  show(width: number | null): void
  keep(width: number | null): void
}

/** What an arrow moves, in px. */
const STEP = 16

export class Splitter {
  readonly #handle: HTMLElement
  readonly #options: SplitterOptions

  constructor(handle: HTMLElement, options: SplitterOptions) {
    this.#handle = handle
    this.#options = options
    this.#show(options.kept)
    // Once it is laid out, and where it is shown only: to ask sooner would lay the page out for it.
    new ResizeObserver(() => this.#tell()).observe(handle)
    handle.addEventListener('pointerdown', (event) => this.#drag(event))
    handle.addEventListener('dblclick', () => this.#choose(null))
    handle.addEventListener('keydown', (event) => {
      const to = {
        ArrowLeft: this.#width - STEP,
        ArrowRight: this.#width + STEP,
        Home: options.min,
        End: options.max(),
        Delete: null,
      }[event.key]
      if (to === undefined) return
      event.preventDefault()
      this.#choose(to)
    })
    addEventListener('resize', () => this.#tell())
  }

  get #width(): number {
    return Math.round(this.#handle.getBoundingClientRect().left)
  }

  #drag(event: PointerEvent): void {
    const before = this.#width
    const shift = event.clientX - before
    const dragging = new AbortController()
    const { signal } = dragging
    event.preventDefault()
    this.#handle.focus()
    this.#handle.setPointerCapture(event.pointerId)
    this.#handle.addEventListener('pointermove', ({ clientX }) => this.#set(clientX - shift), { signal })
    const over = () => {
      dragging.abort()
      // A press that moved nothing chooses nothing.
      if (this.#width !== before) this.#options.keep(this.#width)
    }
    this.#handle.addEventListener('lostpointercapture', over, { signal })
  }

  #choose(width: number | null): void {
    this.#set(width)
    this.#options.keep(width === null ? null : this.#width)
  }

  #set(width: number | null): void {
    this.#show(width)
    this.#tell()
  }

  #show(width: number | null): void {
    const { min, max, show } = this.#options
    show(width === null ? null : Math.min(Math.max(Math.round(width), min), max()))
  }

  #tell(): void {
    const { min, max } = this.#options
    this.#handle.ariaValueMin = String(min)
    this.#handle.ariaValueMax = String(max())
    this.#handle.ariaValueNow = String(this.#width)
  }
}
