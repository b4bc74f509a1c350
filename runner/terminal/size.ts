/** The size of a terminal: within bounds, and changed at most ten times a second. */

/** Shortest time between two changes, in ms. */
const EVERY = 100
const COLS = { min: 2, max: 500 }
const ROWS = { min: 1, max: 300 }

const clamp = (value: number, { min, max }: { min: number; max: number }) =>
  Math.min(max, Math.max(min, value))

export class TerminalSize {
  readonly #apply: (cols: number, rows: number) => void
  #size: { cols: number; rows: number }
  #timer: NodeJS.Timeout | undefined

  /** `apply` gives a new size to the program; the first one is not told. */
  constructor(cols: number, rows: number, apply: (cols: number, rows: number) => void) {
    this.#size = { cols: clamp(cols, COLS), rows: clamp(rows, ROWS) }
    this.#apply = apply
  }

  get cols(): number {
    return this.#size.cols
  }

  get rows(): number {
    return this.#size.rows
  }

  /** Changes the size, now or as soon as the last change is old enough. */
  set(cols: number, rows: number): void {
    const size = { cols: clamp(cols, COLS), rows: clamp(rows, ROWS) }
    if (size.cols === this.#size.cols && size.rows === this.#size.rows) return
    this.#size = size
    if (!this.#timer) this.#tell()
  }

  #tell(): void {
    const size = this.#size
    this.#apply(size.cols, size.rows)
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (this.#size !== size) this.#tell()
    }, EVERY)
  }

  /** Nothing is applied any more but by `set`. */
  close(): void {
    clearTimeout(this.#timer)
  }
}
