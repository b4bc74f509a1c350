import type { Socket } from 'node:dgram'
import { networkInterfaces } from 'node:os'
import { NetworkLayerProtocol } from './enumeration.ts'
import { type MoteurUdp, reussit } from './moteur-udp.ts'
import { qWarning } from './qdebug.ts'
import type { QHostAddress } from './qhostaddress.ts'
import type { QNetworkInterface } from './qnetworkinterface.ts'

/**
 * Rejoint ou quitte un groupe, sur l'interface nommée ou au choix du système.
 * https://doc.qt.io/qt-6/qudpsocket.html#joinMulticastGroup
 */
export function changerDeGroupe(
  { famille }: MoteurUdp,
  natif: Socket,
  methode: 'addMembership' | 'dropMembership',
  groupe: QHostAddress,
  interface_: string | QNetworkInterface | undefined,
): boolean {
  const familleDuGroupe = groupe.protocol() === NetworkLayerProtocol.IPv4Protocol ? 4 : 6
  if (familleDuGroupe === 4 && famille === 6 && methode === 'addMembership') {
    qWarning(
      'QAbstractSocket: cannot bind to QHostAddress::Any (or an IPv6 address) and join an IPv4 multicast group; ' +
        'bind to QHostAddress::AnyIPv4 instead if you want to do this',
    )
    return false
  }
  const designee = interface_ === undefined ? undefined : interfaceNode(String(interface_), familleDuGroupe)
  return reussit(() => natif[methode](groupe.toString(), designee))
}

/** Choisit l'interface d'où partent les datagrammes d'un groupe. Faux, et rien ne change, pour un nom inconnu. */
export function choisirInterface({ natif, famille }: MoteurUdp, nom: string): boolean {
  const designee = interfaceNode(nom, famille)
  return designee !== undefined && reussit(() => natif?.setMulticastInterface(designee))
}

/**
 * Ce que Node attend pour désigner une interface : son adresse en IPv4, `::%nom` en IPv6.
 * Qt, lui, la désigne par son nom (`lo`, `eth0`). `undefined` pour un nom inconnu : le système choisit, comme avec Qt.
 */
function interfaceNode(nom: string, famille: 4 | 6): string | undefined {
  const adresses = networkInterfaces()[nom] ?? []
  if (famille === 6) return adresses.length > 0 ? `::%${nom}` : undefined
  return adresses.find(({ family }) => family === 'IPv4')?.address
}
