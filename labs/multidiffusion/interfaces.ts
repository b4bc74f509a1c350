/** Un groupe se rejoint sur une interface : Node la désigne par son adresse, Qt par son nom. */
import { networkInterfaces } from 'node:os'

/** Le nom de l'interface qui porte cette adresse IPv4 (`lo`, `eth0`), ou `undefined`. */
export function nomInterface(adresse: string): string | undefined {
  return Object.entries(networkInterfaces()).find(([, adresses]) =>
    adresses?.some(({ address, family }) => family === 'IPv4' && address === adresse),
  )?.[0]
}
