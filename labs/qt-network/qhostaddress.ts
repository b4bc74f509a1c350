import { refuser } from './arguments.ts'
import { NetworkLayerProtocol } from './enumeration.ts'
import { ecrireAdresse, lireAdresse, type Octets } from './texte-adresse.ts'

/** Ce que `isEqual()` accepte de confondre : https://doc.qt.io/qt-6/qhostaddress.html#ConversionModeFlag-enum */
const ConversionModeFlag = {
  StrictConversion: 0,
  ConvertV4MappedToIPv4: 1,
  ConvertV4CompatToIPv4: 2,
  ConvertUnspecifiedAddress: 4,
  ConvertLocalHost: 8,
  TolerantConversion: 255,
} as const

/**
 * Une adresse IP, et rien d'autre : aucun nom n'est résolu. Un texte qui n'est pas une adresse (`localhost`)
 * donne une adresse nulle : interroger `isNull()`.
 * https://doc.qt.io/qt-6/qhostaddress.html
 */
export class QHostAddress {
  static readonly ConversionModeFlag: typeof ConversionModeFlag = ConversionModeFlag

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
  /** L'adresse nulle. */
  static readonly Null: QHostAddress = new QHostAddress()

  /** 4 octets (IPv4), 16 octets (IPv6), ou `null` (adresse nulle). */
  readonly #octets: Octets | null
  readonly #texte: string
  #touteFamille = false

  static {
    QHostAddress.Any.#touteFamille = true
  }

  /** @param valeur Une adresse écrite, une adresse à recopier, ou une adresse IPv4 en un nombre de 32 bits. */
  constructor(valeur: string | number | QHostAddress = '') {
    if (valeur instanceof QHostAddress) {
      this.#octets = valeur.#octets
      this.#texte = valeur.#texte
      this.#touteFamille = valeur.#touteFamille
      return
    }
    if (typeof valeur !== 'string' && typeof valeur !== 'number') {
      refuser('new QHostAddress(adresse)', "l'adresse", 'un texte, un nombre ou un QHostAddress', valeur)
    }
    const lue = typeof valeur === 'number' ? { octets: octetsDe(valeur), zone: '' } : lireAdresse(valeur)
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

  /**
   * Même adresse, au sens strict de `==` : `127.0.0.1` et `::ffff:127.0.0.1` sont différentes, `Any` et `AnyIPv4`
   * aussi. L'interface d'une adresse locale (`%eth0`) ne compte pas.
   */
  equals(autre: QHostAddress): boolean {
    return this.isEqual(autre, ConversionModeFlag.StrictConversion)
  }

  /**
   * Même adresse, quelle que soit sa forme : `127.0.0.1`, `::ffff:127.0.0.1` et `::1` sont égales, `Any` et
   * `0.0.0.0` aussi.
   * @param mode Ce qui peut être confondu : `ConversionModeFlag` combinés par `|`.
   */
  isEqual(autre: QHostAddress, mode: number = ConversionModeFlag.TolerantConversion): boolean {
    exigerAdresse(autre, 'QHostAddress.isEqual(autre)')
    if (this.#octets === null || autre.#octets === null) return this.#octets === autre.#octets
    if (this.#touteFamille && autre.#touteFamille) return true
    if (this.#touteFamille || autre.#touteFamille) {
      const precise = this.#touteFamille ? autre : this
      return (
        (mode & ConversionModeFlag.ConvertUnspecifiedAddress) !== 0 && precise.#octets!.every((o) => o === 0)
      )
    }
    if (this.#octets.length === autre.#octets.length) return memesOctets(this.#octets, autre.#octets)
    const [ipv4, ipv6] = this.#octets.length === 4 ? [this, autre] : [autre, this]
    const converti = versIPv4(ipv6.#octets!, mode)
    return converti !== null && memesOctets(converti, ipv4.#octets!)
  }

  /**
   * Vrai si l'adresse fait partie d'un réseau : `isInSubnet(new QHostAddress('192.168.0.0'), 16)`.
   * @param masque Nombre de bits du réseau.
   */
  isInSubnet(reseau: QHostAddress, masque: number): boolean {
    exigerAdresse(reseau, 'QHostAddress.isInSubnet(reseau, masque)', 'le réseau')
    if (this.protocol() !== reseau.protocol() || this.#octets === null || this.#touteFamille || masque < 0)
      return false
    const bits = Math.min(masque, this.#octets.length * 8)
    return this.#octets.every((octet, rang) => {
      const libres = Math.min(Math.max(8 * (rang + 1) - bits, 0), 8)
      return octet >> libres === reseau.#octets![rang]! >> libres
    })
  }

  protocol(): NetworkLayerProtocol {
    if (this.#octets === null) return NetworkLayerProtocol.UnknownNetworkLayerProtocol
    if (this.#touteFamille) return NetworkLayerProtocol.AnyIPProtocol
    return this.#octets.length === 4 ? NetworkLayerProtocol.IPv4Protocol : NetworkLayerProtocol.IPv6Protocol
  }

  /** 127.0.0.0/8, ::1, ou leur forme `::ffff:127.x.y.z`. */
  isLoopback(): boolean {
    if (this.#quatreOctets()?.[0] === 127) return true
    return this.#octets?.length === 16 && this.#octets.every((octet, rang) => octet === (rang === 15 ? 1 : 0))
  }

  /** 224.0.0.0/4 ou ff00::/8. */
  isMulticast(): boolean {
    const premier = this.#quatreOctets()?.[0]
    if (premier !== undefined && premier >= 224 && premier <= 239) return true
    return this.#octets?.length === 16 && this.#octets[0] === 0xff
  }

  /** 255.255.255.255 seulement, ou `::ffff:255.255.255.255` : l'adresse ne connaît pas le masque d'un réseau. */
  isBroadcast(): boolean {
    return this.#quatreOctets()?.every((octet) => octet === 255) ?? false
  }

  /** L'adresse IPv4 en un nombre de 32 bits (`::ffff:a.b.c.d` compris) ; 0 s'il n'y en a pas. */
  toIPv4Address(): number {
    const [a, b, c, d] = this.#quatreOctets() ?? [0, 0, 0, 0]
    return ((a! << 24) | (b! << 16) | (c! << 8) | d!) >>> 0
  }

  /** Les octets de l'adresse : 4, 16, ou aucun pour une adresse nulle. */
  octets(): Buffer {
    return Buffer.from(this.#octets ?? [])
  }

  #quatreOctets(): Octets | null {
    if (this.#octets === null || this.#octets.length === 4) return this.#octets
    return versIPv4(this.#octets, ConversionModeFlag.ConvertV4MappedToIPv4)
  }
}

/** @throws ArgumentInvalide si ce n'est pas une adresse : un texte n'en est pas une. */
export function exigerAdresse(
  valeur: unknown,
  appel: string,
  role = "l'adresse",
): asserts valeur is QHostAddress {
  if (!(valeur instanceof QHostAddress)) refuser(appel, role, 'un QHostAddress', valeur)
}

function octetsDe(nombre: number): Octets {
  return [24, 16, 8, 0].map((rang) => (nombre >>> rang) & 0xff)
}

function memesOctets(a: Octets, b: Octets): boolean {
  return a.every((octet, rang) => octet === b[rang])
}

/** L'adresse IPv4 que contient une adresse IPv6, selon ce que `mode` permet de confondre ; sinon `null`. */
function versIPv4(ipv6: Octets, mode: number): Octets | null {
  if (ipv6.slice(0, 8).some((octet) => octet !== 0)) return null
  const milieu = ipv6.slice(8, 12)
  const fin = ipv6.slice(12)
  const permis = (drapeau: number): boolean => (mode & drapeau) !== 0
  if (milieu.join() === '0,0,255,255' && permis(ConversionModeFlag.ConvertV4MappedToIPv4)) return fin
  if (milieu.some((octet) => octet !== 0)) return null
  const valeur = fin.join()
  if (valeur === '0,0,0,0' && permis(ConversionModeFlag.ConvertUnspecifiedAddress)) return fin
  if (valeur === '0,0,0,1' && permis(ConversionModeFlag.ConvertLocalHost)) return [127, 0, 0, 1]
  return valeur !== '0,0,0,1' && permis(ConversionModeFlag.ConvertV4CompatToIPv4) ? fin : null
}

/** L'adresse locale d'un socket attaché, d'après ce qu'en dit le système : `Any` s'il l'est aux deux familles. */
export function adresseLiee(texte: string, doublePile: boolean): QHostAddress {
  return doublePile && texte === '::' ? QHostAddress.Any : new QHostAddress(texte)
}
