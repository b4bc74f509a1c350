/** When the figure is made anew while things happen: once the page has rested, and between two frames. */
import { Pace } from './pace.ts'

export interface MakingWork {
  /** One is being made, a stage at a time: what has happened since waits for it. */
  busy(): boolean
  /** Makes it; calls `made` once it is there, with what that took, in ms. */
  make(made: (cost: number) => void): void
}

export class Making {
  readonly #work: MakingWork
  readonly #pace = new Pace()
  /** Something has happened since it was made, by groups of calls. */
  #stale = false
  #flooded = false
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Raised by whoever comes first: a frame that was asked for before makes nothing. */
  #turn = 0

  constructor(work: MakingWork) {
    this.#work = work
  }

  /** Something happened; `grouped`: by groups of calls. */
  changed(grouped = false): void {
    this.#flooded ||= grouped
    if (this.#stale) return
    this.#stale = true
    this.#later()
  }

  /** All is forgotten: it is made of nothing. */
  anew(): void {
    this.#stale = true
    this.#flooded = false
    this.#later()
  }

  /** It was made by someone else, who was in a hurry. */
  again(): void {
    if (this.#stale) this.#later()
  }

  /** The page took `cost` ms to draw it. */
  spent(cost: number): void {
    this.#pace.spent(performance.now(), cost)
  }

  /** Between two frames: the one that draws it has only that to do, and a page that nobody sees makes nothing. */
  #later(): void {
    clearTimeout(this.#timer)
    const turn = ++this.#turn
    const make = () => {
      if (turn === this.#turn) this.#make()
    }
    const rested = () => requestAnimationFrame(() => afterFrame(make))
    this.#timer = setTimeout(rested, this.#pace.waitAt(performance.now()))
  }

  #make(): void {
    if (!this.#stale || this.#work.busy()) return
    const began = performance.now()
    if (this.#pace.waitAt(began) > 0) {
      this.#later()
      return
    }
    if (this.#flooded) this.#pace.flooded(began)
    this.#stale = false
    this.#flooded = false
    this.#work.make((cost) => {
      this.spent(cost)
      this.again()
    })
  }
}

/** Once the browser has laid out and painted the frame that is being made. */
function afterFrame(then: () => void): void {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    port1.close()
    then()
  }
  port2.postMessage(null)
}
