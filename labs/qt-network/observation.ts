/**
 * Ce que le jumeau dit de lui-même à un outil d'observation, sur les canaux publics de `node:diagnostics_channel`.
 * Sans personne pour écouter, rien n'est construit.
 */
import { channel } from 'node:diagnostics_channel'

const prises = channel('qt-network.socket')
const ecritures = channel('qt-network.write')
const emissions = channel('qt-network.signal')

/** Un objet travaille désormais par ce socket de Node. */
export function annoncerSocket(object: object, socket: object): void {
  if (prises.hasSubscribers) prises.publish({ object, socket })
}

/** Un objet accepte des octets, qui partiront plus tard. */
export function annoncerEcriture(object: object, bytes: number): void {
  if (ecritures.hasSubscribers) ecritures.publish({ object, bytes })
}

/** Un objet émet un signal auquel `connected` slots sont connectés. */
export function annoncerSignal(
  emitter: object,
  signal: object,
  values: readonly unknown[],
  connected: number,
): void {
  if (emissions.hasSubscribers) emissions.publish({ emitter, signal, values, connected })
}
