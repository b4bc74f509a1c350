import { isIPv6 } from 'node:net'

/** 4 octets pour IPv4, 16 pour IPv6. */
export type Octets = readonly number[]

/** Une adresse lue ; la zone est le nom de l'interface d'une adresse IPv6 locale (`fe80::1%eth0`). */
export interface AdresseLue {
  readonly octets: Octets
  readonly zone: string
}

/** Lit une adresse IP écrite, comme `QHostAddress` ; `null` si le texte n'en est pas une. */
export function lireAdresse(texte: string): AdresseLue | null {
  const propre = texte.trim()
  const ipv4 = lireIPv4(propre)
  if (ipv4 !== null) return { octets: ipv4, zone: '' }
  const [adresse = '', zone = ''] = propre.split('%', 2)
  return isIPv6(adresse) ? { octets: lireIPv6(adresse), zone } : null
}

/**
 * Lit une adresse IPv4, formes anciennes comprises : la dernière partie remplit les octets qui manquent
 * (`127.1` = 127.0.0.1, `2130706433` aussi), en décimal, en octal (`017`) ou en hexadécimal (`0x7f`).
 */
function lireIPv4(texte: string): Octets | null {
  const parties = texte.split('.')
  if (parties.length > 4) return null
  const nombres = parties.map(lireNombre)
  const dernier = nombres.pop()
  if (dernier === undefined || dernier === null) return null
  const octets: number[] = []
  for (const nombre of nombres) {
    if (nombre === null || nombre > 255) return null
    octets.push(nombre)
  }
  const manquants = 4 - octets.length
  if (dernier >= 256 ** manquants) return null
  for (let rang = manquants - 1; rang >= 0; rang--) octets.push(Math.floor(dernier / 256 ** rang) % 256)
  return octets
}

function lireNombre(texte: string): number | null {
  if (/^0[0-7]+$/.test(texte)) return Number.parseInt(texte, 8)
  return /^(?:0|[1-9]\d*|0x[\da-f]+)$/i.test(texte) ? Number(texte) : null
}

/** `texte` est déjà reconnu par `isIPv6`. */
function lireIPv6(texte: string): Octets {
  const quatre = /(?<=:)\d+\.\d+\.\d+\.\d+$/.exec(texte)?.[0]
  const enGroupes =
    quatre === undefined ? texte : texte.slice(0, -quatre.length) + deuxGroupes(quatre.split('.').map(Number))
  const [debut = '', fin] = enGroupes.split('::')
  const avant = groupes(debut)
  const apres = groupes(fin ?? '')
  const zeros = fin === undefined ? [] : Array<number>(8 - avant.length - apres.length).fill(0)
  return [...avant, ...zeros, ...apres].flatMap((groupe) => [groupe >> 8, groupe & 0xff])
}

function deuxGroupes([a, b, c, d]: number[]): string {
  return `${((a! << 8) | b!).toString(16)}:${((c! << 8) | d!).toString(16)}`
}

function groupes(texte: string): number[] {
  return texte === '' ? [] : texte.split(':').map((groupe) => Number.parseInt(groupe, 16))
}

/** La forme habituelle d'une adresse. */
export function ecrireAdresse({ octets, zone }: AdresseLue): string {
  if (octets.length === 4) return octets.join('.')
  return ecrireIPv6(octets) + (zone === '' ? '' : `%${zone}`)
}

/** La forme courte d'une adresse IPv6 (RFC 5952) ; les adresses IPv4 incluses gardent leurs points. */
export function ecrireIPv6(octets: Octets): string {
  const seize = Array.from({ length: 8 }, (_, i) => (octets[2 * i]! << 8) | octets[2 * i + 1]!)
  const cinqZeros = seize.slice(0, 5).every((groupe) => groupe === 0)
  const incluse = cinqZeros && seize[5] === 0 && seize[6] !== 0
  if (cinqZeros && (seize[5] === 0xffff || incluse)) {
    return (incluse ? '::' : '::ffff:') + octets.slice(12).join('.')
  }
  const hexa = seize.map((groupe) => groupe.toString(16)).join(':')
  // La plus longue suite de groupes nuls, à partir de deux ; la première en cas d'égalité.
  const [suite] = [...hexa.matchAll(/(?:^|(?<=:))0(?::0)+(?=:|$)/g)].sort((a, b) => b[0].length - a[0].length)
  if (suite === undefined) return hexa
  const debut = hexa.slice(0, suite.index).replace(/:$/, '')
  const fin = hexa.slice(suite.index + suite[0].length).replace(/^:/, '')
  return `${debut}::${fin}`
}
