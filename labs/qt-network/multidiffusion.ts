import type { Socket } from 'node:dgram'
import { networkInterfaces } from 'node:os'

/**
 * Ce que Node attend pour désigner une interface : son adresse en IPv4, `::%nom` en IPv6.
 * Qt, lui, la désigne par son nom (`lo`, `eth0`). `undefined` pour un nom inconnu : le système choisit, comme avec Qt.
 */
export function interfaceNode(nom: string, famille: 4 | 6): string | undefined {
  const adresses = networkInterfaces()[nom] ?? []
  if (famille === 6) return adresses.length > 0 ? `::%${nom}` : undefined
  return adresses.find(({ family }) => family === 'IPv4')?.address
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

/** Rejoint ou quitte un groupe. */
export function changerDeGroupe(
  natif: Socket,
  methode: 'addMembership' | 'dropMembership',
  groupe: string,
  interface_: string | undefined,
  famille: 4 | 6,
): boolean {
  const designee = interface_ === undefined ? undefined : interfaceNode(interface_, famille)
  return reussit(() => natif[methode](groupe, designee))
}
