/** A stream of bytes: what a connection and a keyboard share (Node's StreamBase over libuv's streams). */

import { ERRNO } from '../../network.ts'
import { bytesOf, type EncodingName } from '../../node/bindings/encodings.ts'
import { loop } from '../realm.ts'
import { Handle, STATE, streamBaseState, type WriteWrap } from './handle.ts'

/** How much libuv reads at once, and how many times in a row. */
const CHUNK = 65_536
const READS = 32

const utf8 = new TextEncoder()

export abstract class StreamHandle extends Handle {
  readonly isStreamBase = true
  declare onread: (chunk: ArrayBufferLike | undefined) => void
  bytesRead = 0
  bytesWritten = 0
  /** The peer will send no more. */
  protected ended = false
  /** Error to give once to the reader. */
  protected failure = 0
  #chunks: Uint8Array[] = []
  #size = 0
  #scheduled = false
  /** The last poll phase that gave bytes: libuv then leaves the end for the next one. */
  #lastRead = -1

  /** Bytes that came and that the program has not read. */
  protected get unread(): number {
    return this.#size
  }

  active(): boolean {
    return !this.closed && this.reading
  }

  readStart(): number {
    this.reading = true
    this.schedule()
    return 0
  }

  readStop(): number {
    this.reading = false
    loop.wake()
    return 0
  }

  setBlocking(): number {
    return 0
  }

  useUserBuffer(): void {}

  arrive(bytes: Uint8Array): void {
    if (this.closed) return
    this.#chunks.push(bytes)
    this.#size += bytes.length
    this.schedule()
  }

  writeBuffer(_request: unknown, bytes: Uint8Array): number | WriteWrap {
    return this.put(bytes)
  }

  writev(_request: unknown, chunks: readonly unknown[], allBuffers: boolean): number | WriteWrap {
    const parts = allBuffers ? (chunks as Uint8Array[]) : encoded(chunks)
    const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const part of parts) {
      all.set(part, at)
      at += part.length
    }
    return this.put(all)
  }

  writeUtf8String(_request: unknown, text: string): number | WriteWrap {
    return this.put(utf8.encode(text))
  }

  writeLatin1String(_request: unknown, text: string): number | WriteWrap {
    return this.put(bytesOf(text, 'latin1'))
  }

  writeAsciiString(request: unknown, text: string): number | WriteWrap {
    return this.writeLatin1String(request, text)
  }

  writeUcs2String(_request: unknown, text: string): number | WriteWrap {
    return this.put(bytesOf(text, 'utf16le'))
  }

  /** Writes: 0, an error, or the request that will be completed. */
  protected abstract put(bytes: Uint8Array): number | WriteWrap

  /** So many bytes were given to the program. */
  protected consumed(_size: number): void {}

  /** Forgets what was not read. */
  protected drop(): void {
    this.#chunks = []
    this.#size = 0
  }

  /** In the poll phase: tells the end or the failure now, unless something is to be read before. */
  protected tellNow(): void {
    if (this.#scheduled) return
    if (this.#size > 0 || this.#lastRead === loop.polls) this.schedule()
    else this.#deliver()
  }

  /** Reads in the next poll phase, as long as there is something to tell. */
  protected schedule(): void {
    const something = this.#size > 0 || this.ended || this.failure !== 0
    if (this.#scheduled || !this.reading || this.closed || !something) return
    this.#scheduled = true
    let left = READS
    const read = () => {
      left -= 1
      this.#scheduled = left > 0 && this.#size > CHUNK
      if (this.#scheduled) loop.again(read)
      this.#deliver()
    }
    loop.poll(read)
  }

  #deliver(): void {
    if (!this.reading || this.closed) return
    if (this.#size > 0) {
      const chunk = this.#take()
      this.#lastRead = loop.polls
      this.bytesRead += chunk.length
      this.consumed(chunk.length)
      streamBaseState[STATE.read] = chunk.length
      streamBaseState[STATE.offset] = chunk.byteOffset
      this.onread(chunk.buffer)
      this.schedule()
    } else if (this.failure !== 0) {
      streamBaseState[STATE.read] = this.failure
      this.failure = 0
      this.onread(undefined)
    } else if (this.ended) {
      this.ended = false
      this.reading = false
      streamBaseState[STATE.read] = ERRNO.EOF
      this.onread(undefined)
    }
  }

  /** What one read gives. */
  #take(): Uint8Array {
    const [first] = this.#chunks
    if (first && this.#chunks.length === 1 && first.length <= CHUNK) {
      this.drop()
      return first
    }
    const taken = new Uint8Array(Math.min(CHUNK, this.#size))
    let at = 0
    while (at < taken.length) {
      const head = this.#chunks[0]!
      const part = head.subarray(0, taken.length - at)
      taken.set(part, at)
      at += part.length
      if (part.length === head.length) this.#chunks.shift()
      else this.#chunks[0] = head.subarray(part.length)
    }
    this.#size -= taken.length
    return taken
  }
}

/** Texts come with their encoding after them. */
function encoded(chunks: readonly unknown[]): Uint8Array[] {
  const parts: Uint8Array[] = []
  for (let at = 0; at < chunks.length; at += 2) {
    const chunk = chunks[at] as string | Uint8Array
    parts.push(typeof chunk === 'string' ? bytesOf(chunk, chunks[at + 1] as EncodingName) : chunk)
  }
  return parts
}
