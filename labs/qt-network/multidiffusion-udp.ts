import { networkInterfaces } from 'node:os'
import { type Association, reussit } from './association-udp.ts'
import { NetworkLayerProtocol } from './enumeration.ts'
import { qWarning } from './qdebug.ts'
import type { QHostAddress } from './qhostaddress.ts'

/**
 * Rejoint ou quitte un groupe, sur l'interface nommée ou au choix du système.
 * https://doc.qt.io/qt-6/qudpsocket.html#joinMulticastGroup
 */
export function changerDeGroupe(
  { natif, famille }: Association,
  methode: 'addMembership' | 'dropMembership',
  groupe: QHostAddress,
  interface_: string | undefined,
): boolean {
  const familleDuGroupe = groupe.protocol() === NetworkLayerProtocol.IPv4Protocol ? 4 : 6
  if (familleDuGroupe === 4 && famille === 6 && methode === 'addMembership') {
    qWarning(
      'QAbstractSocket: cannot bind to QHostAddress::Any (or an IPv6 address) and join an IPv4 multicast group; ' +
        'bind to QHostAddress::AnyIPv4 instead if you want to do this',
    )
    return false
  }
  const designee = interface_ === undefined ? undefined : interfaceNode(interface_, familleDuGroupe)
  return reussit(() => natif[methode](groupe.toString(), designee))
}

/** Choisit l'interface d'où partent les datagrammes d'un groupe ; un nom inconnu ne change rien. */
export function choisirInterface({ natif, famille }: Association, nom: string): void {
  const designee = interfaceNode(nom, famille)
  if (designee !== undefined) reussit(() => natif.setMulticastInterface(designee))
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
