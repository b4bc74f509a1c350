import { connect, isIP, type Socket } from 'node:net'

/**
 * Commence une connexion avant de rendre la main, comme `connect(2)` : un échec immédiat (pas de route) se lit
 * dans `errored`, et un socket détruit aussitôt après a quand même appelé le serveur.
 *
 * Node remet à plus tard la connexion à une adresse écrite, mais pas celle dont sa propre fonction `lookup` répond
 * tout de suite : on lui donne donc l'adresse par là.
 * @param adresse Une adresse IP.
 */
export function connecterMaintenant(adresse: string, port: number): Socket {
  return connect({
    port,
    autoSelectFamily: false,
    allowHalfOpen: true,
    lookup: (_nom, _options, suite) => suite(null, adresse, isIP(adresse)),
  })
}
