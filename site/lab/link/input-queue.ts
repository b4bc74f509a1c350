/** What is typed in one session, delivered exactly once: kept until the runner confirms it, sent again after a cut. */
import { INPUT_HEADER, INPUT_MAX } from '../../../runner/protocol.ts'
import { inputFrame } from './frames.ts'

/** Bytes kept for the return of a link that is cut. */
const OFFLINE_MAX = 4_096
const PIECE_MAX = INPUT_MAX - INPUT_HEADER

interface Piece {
  seq: number
  bytes: Uint8Array
}

export class InputQueue {
  #last: number
  #unconfirmed: Piece[] = []

  /** `received`: number of the last input that the runner has. */
  constructor(received: number) {
    this.#last = received
  }

  /** The runner has all that was typed. */
  get empty(): boolean {
    return this.#unconfirmed.length === 0
  }

  /** Whether `bytes` may wait for the link with those that already do: 4 KiB in all. */
  canKeep(bytes: Uint8Array): boolean {
    const waiting = this.#unconfirmed.reduce((sum, piece) => sum + piece.bytes.length, 0)
    return waiting + bytes.length <= OFFLINE_MAX
  }

  /** The frames that carry `bytes`, which it keeps. */
  add(bytes: Uint8Array): Uint8Array<ArrayBuffer>[] {
    const pieces: Piece[] = []
    for (let at = 0; at < bytes.length; at += PIECE_MAX) {
      this.#last += 1
      pieces.push({ seq: this.#last, bytes: bytes.slice(at, at + PIECE_MAX) })
    }
    this.#unconfirmed.push(...pieces)
    return framesOf(pieces)
  }

  /** The runner has all inputs up to `seq`. */
  confirm(seq: number): void {
    this.#unconfirmed = this.#unconfirmed.filter((piece) => piece.seq > seq)
  }

  /** The frames to send again after a cut. */
  unconfirmed(): Uint8Array<ArrayBuffer>[] {
    return framesOf(this.#unconfirmed)
  }
}

function framesOf(pieces: readonly Piece[]): Uint8Array<ArrayBuffer>[] {
  return pieces.map(({ seq, bytes }) => inputFrame(seq, bytes))
}
