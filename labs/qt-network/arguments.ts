import { toUtf8 } from './texte.ts'

/** Un appel que le compilateur de C++ refuserait : le message dit en français ce qui était attendu. */
export class ArgumentInvalide extends Error {
  override readonly name = 'ArgumentInvalide'
}

/**
 * Refuse un argument.
 * @param appel La méthode et ses paramètres : `QUdpSocket.bind(adresse, port)`.
 * @param role Ce que l'argument devait être : `le port`.
 */
export function refuser(appel: string, role: string, attendu: string, recu: unknown): never {
  throw new ArgumentInvalide(`${appel} : ${role} doit être ${attendu}, pas ${decrire(recu)}.`)
}

function decrire(valeur: unknown): string {
  if (typeof valeur === 'string') return `le texte « ${valeur} »`
  if (valeur === null || valeur === undefined || typeof valeur === 'number') return String(valeur)
  if (typeof valeur === 'boolean') return `le booléen ${valeur}`
  if (typeof valeur === 'function') return 'une fonction'
  return `un objet ${(valeur as object).constructor?.name ?? 'sans classe'}`
}

/** @throws ArgumentInvalide si ce n'est pas un nombre. */
export function exigerNombre(valeur: unknown, appel: string, role: string): asserts valeur is number {
  if (typeof valeur !== 'number') refuser(appel, role, 'un nombre', valeur)
}

/** Un port, réduit à 16 bits comme le `quint16` de Qt. @throws ArgumentInvalide si ce n'est pas un nombre. */
export function exigerPort(valeur: unknown, appel: string): number {
  exigerNombre(valeur, appel, 'le port')
  return valeur & 0xffff
}

/** @throws ArgumentInvalide si ce n'est pas un texte. */
export function exigerTexte(valeur: unknown, appel: string, role: string): asserts valeur is string {
  if (typeof valeur !== 'string') refuser(appel, role, 'un texte', valeur)
}

/** Les octets à envoyer : une chaîne part en UTF-8. @throws ArgumentInvalide pour toute autre valeur. */
export function exigerDonnees(valeur: unknown, appel: string): Uint8Array {
  if (typeof valeur === 'string') return toUtf8(valeur)
  if (valeur instanceof Uint8Array) return valeur
  return refuser(appel, 'le contenu', 'un texte ou un Buffer', valeur)
}

/** @throws ArgumentInvalide si ce n'est pas une fonction. */
export function exigerSlot(valeur: unknown, appel: string): void {
  if (typeof valeur !== 'function') refuser(appel, 'le slot', 'une fonction', valeur)
}
