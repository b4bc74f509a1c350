/** What programs and peers of one criterion share: its clock, and what ended unexpectedly. */
import type { ShownPeer } from './exchange.ts'

/** How long an answer may take when a criterion says nothing, in ms. */
export const ANSWER = 1000

export interface Scene {
  until(fact: () => boolean, ms?: number): Promise<boolean>
  absence(ms?: number): Promise<void>
  /** Resolves after the witness was served once more. */
  turn(): Promise<void>
  changed(): void
  /** This peer is the one whose exchange explains a failure. */
  concern(peer: ShownPeer): void
  /** A program that ended without being asked to, as a fact. */
  death(): string | undefined
  /** How the first program that ended did, asked to or not. */
  ended(): string | undefined
}
