import { NetworkLayerProtocol } from './enumeration.ts'
import { ecrireAdresse, ecrireIPv6, lireAdresse, type Octets } from './texte-adresse.ts'

/**
 * Une adresse IP, et rien d'autre : aucun nom n'est résolu. Un texte qui n'est pas une adresse (`localhost`)
 * donne une adresse nulle : interroger `isNull()`.
 * https://doc.qt.io/qt-6/qhostaddress.html
 */
export class QHostAddress {
  /** Toutes les interfaces, en IPv6 et en IPv4 : un pair IPv4 y apparaît sous la forme `::ffff:127.0.0.1`. */
  static readonly Any: QHostAddress = new QHostAddress('::')
  /** Toutes les interfaces, en IPv4 seulement (`0.0.0.0`). */
  static readonly AnyIPv4: QHostAddress = new QHostAddress('0.0.0.0')
  /** Toutes les interfaces, en IPv6 seulement (`::`). */
  static readonly AnyIPv6: QHostAddress = new QHostAddress('::')
  static readonly LocalHost: QHostAddress = new QHostAddress('127.0.0.1')
  static readonly LocalHostIPv6: QHostAddress = new QHostAddress('::1')
  /** Diffusion sur le réseau local (`255.255.255.255`). */
  static readonly Broadcast: QHostAddress = new QHostAddress('255.255.255.255')

  /** 4 octets (IPv4), 16 octets (IPv6), ou `null` (adresse nulle). */
  readonly #octets: Octets | null
  readonly #texte: string
  #touteFamille = false

  static {
    QHostAddress.Any.#touteFamille = true
  }

  constructor(texte = '') {
    const lue = lireAdresse(texte)
    this.#octets = lue?.octets ?? null
    this.#texte = lue === null ? '' : ecrireAdresse(lue)
  }

  /** La forme habituelle : `127.0.0.1`, `::1`, `fe80::1%eth0` ; vide pour une adresse nulle. `Any` donne `0.0.0.0`. */
  toString(): string {
    return this.#touteFamille ? '0.0.0.0' : this.#texte
  }

  isNull(): boolean {
    return this.#octets === null
  }

  /** Même adresse, au sens strict de `==` : `127.0.0.1` et `::ffff:127.0.0.1` sont différentes, `Any` et `AnyIPv4` aussi. */
  equals(autre: QHostAddress): boolean {
    return this.protocol() === autre.protocol() && this.toString() === autre.toString()
  }

  protocol(): NetworkLayerProtocol {
    if (this.#octets === null) return NetworkLayerProtocol.UnknownNetworkLayerProtocol
    if (this.#touteFamille) return NetworkLayerProtocol.AnyIPProtocol
    return this.#octets.length === 4 ? NetworkLayerProtocol.IPv4Protocol : NetworkLayerProtocol.IPv6Protocol
  }

  /** 127.0.0.0/8, ::1, ou leur forme `::ffff:127.x.y.z`. */
  isLoopback(): boolean {
    const quatre = this.#quatreOctets()
    if (quatre !== null) return !this.#touteFamille && quatre[0] === 127
    return this.toString() === '::1'
  }

  /** 224.0.0.0/4 ou ff00::/8. */
  isMulticast(): boolean {
    if (this.#octets === null || this.#touteFamille) return false
    const premier = this.#quatreOctets()?.[0]
    if (premier !== undefined) return premier >= 224 && premier <= 239
    return this.#octets[0] === 0xff
  }

  /** 255.255.255.255 seulement : l'adresse ne connaît pas le masque d'un réseau. */
  isBroadcast(): boolean {
    return this.#octets?.length === 4 && this.#octets.every((octet) => octet === 255)
  }

  /** L'adresse IPv4 en un nombre de 32 bits (`::ffff:a.b.c.d` compris) ; 0 s'il n'y en a pas. */
  toIPv4Address(): number {
    const [a, b, c, d] = this.#quatreOctets() ?? [0, 0, 0, 0]
    return ((a! << 24) | (b! << 16) | (c! << 8) | d!) >>> 0
  }

  #quatreOctets(): Octets | null {
    if (this.#octets === null || this.#octets.length === 4) return this.#octets
    const texte = ecrireIPv6(this.#octets)
    return texte.startsWith('::ffff:') && texte.includes('.') ? this.#octets.slice(12) : null
  }
}

/** L'adresse locale d'un socket attaché, d'après ce qu'en dit le système : `Any` s'il l'est aux deux familles. */
export function adresseLiee(texte: string, doublePile: boolean): QHostAddress {
  return doublePile && texte === '::' ? QHostAddress.Any : new QHostAddress(texte)
}
