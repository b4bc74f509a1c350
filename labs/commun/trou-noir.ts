/** Un port qui ne refuse ni n'accepte : le silence d'un pare-feu ou d'un câble coupé, sur une seule machine. */
import { type AddressInfo, connect, createServer } from 'node:net'

/**
 * Écoute sur 127.0.0.1 avec une file d'attente d'une place, la remplit, puis fige ce programme : le noyau ignore
 * les demandes suivantes (Linux et macOS ; Windows les refuse). Ctrl+C termine.
 */
export function ouvrirTrouNoir(
  port: number,
  pret: (port: number) => void,
  echec: (erreur: Error) => void,
): void {
  const serveur = createServer()
  serveur.on('error', echec)
  serveur.listen({ port, host: '127.0.0.1', backlog: 1 }, () => {
    const { port: choisi } = serveur.address() as AddressInfo
    for (let i = 0; i < 4; i++) connect(choisi, '127.0.0.1').on('error', () => {})
    pret(choisi)
    // Après les demandes de connexion, et avant que la boucle d'événements n'accepte : d'où nextTick.
    process.nextTick(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0))
  })
}
