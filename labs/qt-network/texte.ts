/**
 * Entre texte et octets. Sur le fil ne circulent que des octets : les deux bouts doivent choisir le même codage.
 * https://doc.qt.io/qt-6/qstring.html#converting-between-encoded-strings-of-bytes-and-qstring
 */

const UTF8 = new TextDecoder('utf-8', { fatal: true })

/** `texte.toUtf8()` : tous les caractères passent. */
export function toUtf8(texte: string): Buffer {
  return Buffer.from(texte, 'utf8')
}

/** `QString::fromUtf8(octets)` : chaque octet qui n'a pas de sens en UTF-8 devient `�`. */
export function fromUtf8(octets: Uint8Array): string {
  try {
    return UTF8.decode(octets)
  } catch {
    return octetParOctet(octets)
  }
}

/** Décode caractère par caractère : d'une suite coupée, Qt fait autant de `�` que d'octets, et non un seul. */
function octetParOctet(octets: Uint8Array): string {
  const debut = octets[0] === 0xef && octets[1] === 0xbb && octets[2] === 0xbf ? 3 : 0
  let texte = ''
  for (let rang = debut; rang < octets.length; ) {
    const taille = tailleDuCaractere(octets, rang)
    texte += taille === 0 ? '\uFFFD' : Buffer.from(octets.subarray(rang, rang + taille)).toString('utf8')
    rang += Math.max(taille, 1)
  }
  return texte
}

/** Taille du caractère bien formé qui commence à `rang`, en octets ; 0 s'il n'y en a pas (RFC 3629). */
function tailleDuCaractere(octets: Uint8Array, rang: number): number {
  const premier = octets[rang]!
  if (premier < 0x80) return 1
  const taille = premier < 0xc2 ? 0 : premier < 0xe0 ? 2 : premier < 0xf0 ? 3 : premier < 0xf5 ? 4 : 0
  const suite = octets.subarray(rang + 1, rang + taille)
  if (taille === 0 || suite.length < taille - 1 || suite.some((octet) => octet >> 6 !== 2)) return 0
  const second = suite[0]!
  // Ni forme trop longue, ni moitié de paire (D800 à DFFF), ni au-delà de 10FFFF.
  if (premier === 0xe0 && second < 0xa0) return 0
  if (premier === 0xed && second > 0x9f) return 0
  if (premier === 0xf0 && second < 0x90) return 0
  return premier === 0xf4 && second > 0x8f ? 0 : taille
}

/** `texte.toLatin1()` : un caractère hors de Latin-1, comme `€`, devient `?` et ne revient jamais. */
export function toLatin1(texte: string): Buffer {
  return Buffer.from(texte.replace(/[^\u0000-\u00FF]/g, '?'), 'latin1')
}

/** `QString::fromLatin1(octets)` : chaque octet est un caractère. */
export function fromLatin1(octets: Uint8Array): string {
  return Buffer.from(octets).toString('latin1')
}
