import { QHostAddress } from './qhostaddress.ts'
import { enOctets } from './texte.ts'

/** Le datagramme d'un message reçu. Réservé à `QUdpSocket`. */
export let datagrammeRecu: (donnees: Buffer, adresse: QHostAddress, port: number) => QNetworkDatagram

/**
 * Un datagramme : des données, et les adresses de l'enveloppe.
 * https://doc.qt.io/qt-6/qnetworkdatagram.html
 */
export class QNetworkDatagram {
  #donnees: Buffer
  #destination: QHostAddress
  #portDestination: number
  #expediteur = new QHostAddress()
  #portExpediteur = -1

  static {
    datagrammeRecu = (donnees, adresse, port) => {
      const datagramme = new QNetworkDatagram(donnees)
      datagramme.#expediteur = adresse
      datagramme.#portExpediteur = port
      return datagramme
    }
  }

  constructor(
    donnees: string | Uint8Array = '',
    destination: QHostAddress = new QHostAddress(),
    port?: number,
  ) {
    this.#donnees = tampon(donnees)
    this.#destination = destination
    this.#portDestination = port ?? (destination.isNull() ? -1 : 0)
  }

  /** Les octets ; peut être vide, un datagramme vide reste un datagramme. */
  data(): Buffer {
    return this.#donnees
  }

  setData(donnees: string | Uint8Array): void {
    this.#donnees = tampon(donnees)
  }

  /** Adresse de l'expéditeur ; nulle pour un datagramme qui n'a pas été reçu. */
  senderAddress(): QHostAddress {
    return this.#expediteur
  }

  /** Port de l'expéditeur ; -1 s'il est inconnu. */
  senderPort(): number {
    return this.#portExpediteur
  }

  destinationAddress(): QHostAddress {
    return this.#destination
  }

  /** Port du destinataire ; -1 s'il est inconnu. */
  destinationPort(): number {
    return this.#portDestination
  }

  setDestination(adresse: QHostAddress, port: number): void {
    this.#destination = adresse
    this.#portDestination = port
  }

  /** Vrai pour un datagramme reçu, ou qui a une destination. */
  isValid(): boolean {
    return !this.#destination.isNull() || !this.#expediteur.isNull()
  }

  isNull(): boolean {
    return !this.isValid()
  }

  /** La réponse à un datagramme reçu : adressée à son expéditeur. */
  makeReply(charge: string | Uint8Array): QNetworkDatagram {
    return new QNetworkDatagram(charge, this.#expediteur, this.#portExpediteur)
  }
}

function tampon(donnees: string | Uint8Array): Buffer {
  const octets = enOctets(donnees)
  return Buffer.isBuffer(octets) ? octets : Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength)
}
