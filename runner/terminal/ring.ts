/** The last bytes a terminal printed, addressed by their offset since the start of the session. */

const LINE_FEED = 0x0a
/** How far a whole line is looked for, in bytes. */
const LINE_SEARCH = 4096

/** A bounded byte buffer: the oldest bytes leave when new ones arrive. */
export class Ring {
  #bytes: Uint8Array
  #end = 0
  #start = 0

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity)
  }

  /** Offset of the oldest byte kept. */
  get start(): number {
    return this.#start
  }

  /** Offset after the newest byte: how many were ever pushed. */
  get end(): number {
    return this.#end
  }

  push(chunk: Uint8Array): void {
    const capacity = this.#bytes.length
    const kept = chunk.length > capacity ? chunk.subarray(chunk.length - capacity) : chunk
    this.#end += chunk.length
    const at = (this.#end - kept.length) % capacity
    const head = Math.min(kept.length, capacity - at)
    this.#bytes.set(kept.subarray(0, head), at)
    this.#bytes.set(kept.subarray(head), 0)
    this.#start = Math.max(this.#start, this.#end - capacity)
  }

  /**
   * Copies the bytes from offset `from` into `target` and returns how many were copied.
   * Throws a RangeError when `from` has left the buffer or is not reached yet.
   */
  copy(from: number, target: Uint8Array): number {
    if (from < this.#start || from > this.#end) throw new RangeError(`offset ${from} is not in the ring`)
    const length = Math.min(target.length, this.#end - from)
    const at = from % this.#bytes.length
    const head = Math.min(length, this.#bytes.length - at)
    target.set(this.#bytes.subarray(at, at + head))
    target.set(this.#bytes.subarray(0, length - head), head)
    return length
  }

  /** Offset of the first whole line kept, or `start` when none begins near: where a reader that fell behind resumes. */
  firstLine(): number {
    if (this.#start === 0) return 0
    const searched = new Uint8Array(Math.min(LINE_SEARCH, this.#end - this.#start))
    this.copy(this.#start, searched)
    const feed = searched.indexOf(LINE_FEED)
    return feed === -1 ? this.#start : this.#start + feed + 1
  }

  /** Keeps only the last `capacity` bytes and gives the memory back. */
  shrink(capacity: number): void {
    if (capacity >= this.#bytes.length) return
    const kept = new Uint8Array(Math.min(capacity, this.#end - this.#start))
    const start = this.#end - kept.length
    this.copy(start, kept)
    const bytes = new Uint8Array(capacity)
    const at = start % capacity
    const head = Math.min(kept.length, capacity - at)
    bytes.set(kept.subarray(0, head), at)
    bytes.set(kept.subarray(head), 0)
    this.#bytes = bytes
    this.#start = start
  }
}
