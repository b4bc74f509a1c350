/** The exchange that a judge saw, drawn. */
import type { PeerTrace } from '../../../labs/check.ts'
import { drawStill } from '../wire/still.ts'
import { exchangeOf } from './exchange-figure.ts'

/** Draws it in an element, over its width. */
export function drawExchange(place: HTMLElement, peers: readonly PeerTrace[]): void {
  const { figure, roles } = exchangeOf(peers)
  drawStill(place, figure, roles, true)
}
