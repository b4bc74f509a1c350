/**
 * Twelve pieces sent every 20 ms through the same trouble, once as datagrams and once as a stream.
 * Pure and seeded: the same settings always draw the same figure.
 */
export interface Trouble {
  seed: number
  /** Probability that a piece is lost, from 0 to 1. */
  loss: number
  /** One-way delay, in ms. */
  delay: number
  /** Probability that a piece is held back, from 0 to 1. */
  disorder: number
}

export interface Arrival {
  piece: number
  /** When it reaches the receiver, in ms. */
  at: number
}

export const PIECES = 12
const EVERY = 20
/** How long a held-back piece is late, in ms: enough to be overtaken. */
const LATE = 50
/** The kernel sends a piece again after this silence, in ms (RFC 6298 asks for more; Linux starts at 200). */
const RETRANSMIT = 200

/** Mulberry32: a small seeded generator, from 0 to 1. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function travels({ seed, loss, delay, disorder }: Trouble): { piece: number; at: number; tries: number }[] {
  const random = generator(seed)
  return Array.from({ length: PIECES }, (_, rank) => {
    const [lost, held] = [random() < loss, random() < disorder]
    // At most two copies are lost, so that a stream always ends.
    const tries = lost ? (random() < loss ? 3 : 2) : 1
    return { piece: rank + 1, at: rank * EVERY + delay + (held ? LATE : 0), tries }
  })
}

/** What a UDP program reads, in order of arrival; a lost piece never comes. */
export function datagrams(trouble: Trouble): Arrival[] {
  return travels(trouble)
    .filter(({ tries }) => tries === 1)
    .map(({ piece, at }) => ({ piece, at }))
    .sort((a, b) => a.at - b.at)
}

/** What a TCP program reads: everything, in order, glued together when a missing piece held up the next ones. */
export function stream(trouble: Trouble): { pieces: number[]; at: number }[] {
  const reads: { pieces: number[]; at: number }[] = []
  for (const { piece, at, tries } of travels(trouble)) {
    const arrival = at + (2 ** (tries - 1) - 1) * RETRANSMIT
    const last = reads.at(-1)
    if (last && arrival <= last.at) last.pieces.push(piece)
    else reads.push({ pieces: [piece], at: arrival })
  }
  return reads
}

/** How many datagrams arrive after one sent later than them. */
export function overtaken(arrivals: readonly Arrival[]): number {
  let highest = 0
  let count = 0
  for (const { piece } of arrivals) {
    if (piece < highest) count += 1
    highest = Math.max(highest, piece)
  }
  return count
}
