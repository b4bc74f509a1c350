/**
 * Entre texte et octets. Sur le fil ne circulent que des octets : les deux bouts doivent choisir le même codage.
 * https://doc.qt.io/qt-6/qstring.html#converting-between-encoded-strings-of-bytes-and-qstring
 */

const UTF8 = new TextDecoder('utf-8')

/** `texte.toUtf8()` : tous les caractères passent. */
export function toUtf8(texte: string): Buffer {
  return Buffer.from(texte, 'utf8')
}

/** `QString::fromUtf8(octets)` : un octet qui n'a pas de sens en UTF-8 devient `�`. */
export function fromUtf8(octets: Uint8Array): string {
  return UTF8.decode(octets)
}

/** `texte.toLatin1()` : un caractère hors de Latin-1, comme `€`, devient `?` et ne revient jamais. */
export function toLatin1(texte: string): Buffer {
  return Buffer.from(texte.replace(/[^\u0000-\u00FF]/g, '?'), 'latin1')
}

/** `QString::fromLatin1(octets)` : chaque octet est un caractère. */
export function fromLatin1(octets: Uint8Array): string {
  return Buffer.from(octets).toString('latin1')
}

/** Ce qu'acceptent `write()` et `writeDatagram()` : une chaîne part en UTF-8. */
export function enOctets(donnees: string | Uint8Array): Uint8Array {
  return typeof donnees === 'string' ? toUtf8(donnees) : donnees
}
