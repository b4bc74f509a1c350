import { networkInterfaces } from 'node:os'
import { QHostAddress } from './qhostaddress.ts'

/**
 * Une adresse d'une interface, et son réseau. https://doc.qt.io/qt-6/qnetworkaddressentry.html
 */
export class QNetworkAddressEntry {
  readonly #ip: QHostAddress
  readonly #masque: QHostAddress

  constructor(ip: QHostAddress = new QHostAddress(), masque: QHostAddress = new QHostAddress()) {
    this.#ip = ip
    this.#masque = masque
  }

  ip(): QHostAddress {
    return this.#ip
  }

  netmask(): QHostAddress {
    return this.#masque
  }

  /** Nombre de bits du réseau ; -1 s'il est inconnu. */
  prefixLength(): number {
    return longueurDuPrefixe(this.#masque)
  }

  /** L'adresse de diffusion du réseau ; nulle en IPv6, qui n'en a pas. */
  broadcast(): QHostAddress {
    if (this.#masque.isNull() || this.#ip.protocol().nom !== 'IPv4Protocol') return new QHostAddress()
    return new QHostAddress((this.#ip.toIPv4Address() | ~this.#masque.toIPv4Address()) >>> 0)
  }
}

function longueurDuPrefixe(masque: QHostAddress): number {
  const bits = [...masque.octets()].map((octet) => octet.toString(2).padStart(8, '0')).join('')
  if (bits === '') return -1
  const fin = bits.indexOf('0')
  return fin === -1 ? bits.length : fin
}

/**
 * Une carte réseau de la machine : `lo`, `eth0`… Node ne montre que celles qui sont actives et ont une adresse.
 * https://doc.qt.io/qt-6/qnetworkinterface.html
 */
export class QNetworkInterface {
  readonly #nom: string
  readonly #adresseMaterielle: string
  readonly #interne: boolean
  readonly #entrees: QNetworkAddressEntry[]

  /** Une interface invalide ; les vraies viennent de `allInterfaces()`. */
  constructor(nom = '') {
    const adresses = (nom === '' ? undefined : networkInterfaces()[nom]) ?? []
    this.#nom = adresses.length > 0 ? nom : ''
    this.#adresseMaterielle = adresses[0]?.mac.toUpperCase() ?? ''
    this.#interne = adresses[0]?.internal ?? false
    this.#entrees = adresses.map(({ address, netmask, scopeid }) => {
      const zone = scopeid ? `%${nom}` : ''
      return new QNetworkAddressEntry(new QHostAddress(address + zone), new QHostAddress(netmask))
    })
  }

  static allInterfaces(): QNetworkInterface[] {
    return Object.keys(networkInterfaces()).map((nom) => new QNetworkInterface(nom))
  }

  /** Toutes les adresses de la machine. */
  static allAddresses(): QHostAddress[] {
    return QNetworkInterface.allInterfaces().flatMap((i) => i.addressEntries().map((entree) => entree.ip()))
  }

  /** L'interface de ce nom ; invalide s'il n'y en a pas. */
  static interfaceFromName(nom: string): QNetworkInterface {
    return new QNetworkInterface(nom)
  }

  isValid(): boolean {
    return this.#nom !== ''
  }

  name(): string {
    return this.#nom
  }

  humanReadableName(): string {
    return this.#nom
  }

  /** `02:42:AC:11:00:02`. */
  hardwareAddress(): string {
    return this.#adresseMaterielle
  }

  /** Vrai pour l'interface de la machine elle-même : le drapeau `IsLoopBack` de Qt. */
  isLoopBack(): boolean {
    return this.#interne
  }

  addressEntries(): QNetworkAddressEntry[] {
    return [...this.#entrees]
  }

  toString(): string {
    return this.#nom
  }
}
