/**
 * The window on the figure: its size, its scale, what is seen of it. It knows them by heart: to ask the page for them
 * after a change would have it laid out once more.
 */

/** What is still the end, in px. */
const NEAR = 8

export interface ViewportEvents {
  scrolled(): void
  resized(): void
}

export class Viewport {
  readonly #body: HTMLElement
  readonly #sheet: HTMLElement
  #zoom = 1
  #width = 0
  #height = 0
  /** Of the figure, at its scale, in px. */
  #content = 0
  /** Where it is to be, and where the page has it, in px. */
  #top = 0
  #scrolled = 0
  #atEnd = true

  constructor(body: HTMLElement, sheet: HTMLElement, { scrolled, resized }: ViewportEvents) {
    this.#body = body
    this.#sheet = sheet
    body.addEventListener('scroll', () => {
      // What was asked for since is not there yet.
      if (this.#top !== this.#scrolled) return
      this.#top = body.scrollTop
      this.#scrolled = this.#top
      this.#atEnd = this.#top >= this.#end - NEAR
      scrolled()
    })
    new ResizeObserver(() => {
      this.#width = body.clientWidth
      this.#height = body.clientHeight
      // A window that was hidden may have gone back to its beginning.
      this.#scrolled = body.scrollTop
      resized()
    }).observe(body)
  }

  /** Of what is seen, at the scale of the figure, in px. */
  get width(): number {
    return this.#width / this.#zoom
  }

  get from(): number {
    return this.#top / this.#zoom
  }

  get to(): number {
    return (this.#top + this.#height) / this.#zoom
  }

  /** The end of the figure is seen. */
  get atEnd(): boolean {
    return this.#atEnd
  }

  get zoom(): number {
    return this.#zoom
  }

  set zoom(zoom: number) {
    this.#zoom = zoom
    this.#sheet.style.zoom = String(zoom)
  }

  /** The height of the figure, at its scale, in px. */
  set content(height: number) {
    this.#content = height
    this.#sheet.style.height = `${height}px`
    this.#top = Math.min(this.#top, this.#end)
  }

  /** Shows the end of the figure. */
  toEnd(): void {
    this.#top = this.#end
    this.#atEnd = true
  }

  /** Keeps what is seen where it is, when so much came above it. */
  shift(by: number): void {
    this.#top = Math.min(this.#end, Math.max(0, this.#top + by * this.#zoom))
  }

  /** Shows what stands between these heights. */
  reveal(top: number, bottom: number): void {
    const [high, low] = [top * this.#zoom, bottom * this.#zoom]
    if (high < this.#top + NEAR) this.#top = high - NEAR
    else if (low > this.#top + this.#height - NEAR) this.#top = low - this.#height + NEAR
    this.#top = Math.min(this.#end, Math.max(0, this.#top))
    this.#atEnd = this.#top >= this.#end - NEAR
  }

  /** Once all is drawn: scrolls to what was asked for. */
  settle(): void {
    if (this.#top === this.#scrolled) return
    this.#body.scrollTop = this.#top
    this.#scrolled = this.#top
  }

  get #end(): number {
    return Math.max(0, this.#content * this.#zoom - this.#height)
  }
}
