import { createSocket, type Socket } from 'node:dgram'
import { BindFlag, NetworkLayerProtocol } from './enumeration.ts'
import { QHostAddress } from './qhostaddress.ts'

const { AnyIPProtocol, IPv6Protocol } = NetworkLayerProtocol

/** Un socket de Node attaché à une adresse et à un port. */
export interface Association {
  readonly natif: Socket
  readonly famille: 4 | 6
  /** Attaché aux deux familles : un pair IPv4 y a une adresse en `::ffff:`. */
  readonly doublePile: boolean
}

/**
 * Attache un socket avant de rendre la main, comme `bind(2)` : la résolution de noms de `dgram` est remplacée par
 * une fonction immédiate, car une adresse n'en a pas besoin. `Any` se contente d'IPv4 sur une machine sans IPv6.
 * https://doc.qt.io/qt-6/qabstractsocket.html#bind
 * @param mode `BindFlag` combinés par `|`.
 * @returns L'association, ou le code d'erreur du système (`EADDRINUSE`).
 */
export function associer(adresse: QHostAddress, port: number, mode: number): Association | string {
  const association = attacher(adresse, port, mode)
  const sansIPv6 = association === 'EAFNOSUPPORT' && adresse.protocol() === AnyIPProtocol
  return sansIPv6 ? attacher(QHostAddress.AnyIPv4, port, mode) : association
}

function attacher(adresse: QHostAddress, port: number, mode: number): Association | string {
  const protocole = adresse.protocol()
  const doublePile = protocole === AnyIPProtocol
  const famille = protocole === IPv6Protocol || doublePile ? 6 : 4
  const natif = createSocket({
    type: famille === 6 ? 'udp6' : 'udp4',
    reuseAddr: (mode & (BindFlag.ShareAddress | BindFlag.ReuseAddressHint)) !== 0,
    ipv6Only: adresse.equals(QHostAddress.AnyIPv6),
    lookup: (hote, _options, suite) => suite(null, hote, famille),
  })
  let echec: string | null = null
  natif.on('error', (erreur: NodeJS.ErrnoException) => {
    echec = erreur.code ?? ''
  })
  const texte = doublePile ? '::' : adresse.isNull() ? '0.0.0.0' : adresse.toString()
  natif.bind({ address: texte, port, exclusive: true })
  if (echec !== null) {
    natif.close()
    return echec
  }
  // Qt permet toujours la diffusion ; Node la refuse tant qu'elle n'est pas demandée.
  natif.setBroadcast(true)
  return { natif, famille, doublePile }
}

/** Vrai si l'action a réussi : Node lève une exception là où Qt rend `false`. */
export function reussit(action: () => void): boolean {
  try {
    action()
    return true
  } catch {
    return false
  }
}
