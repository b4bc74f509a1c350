import { exigerDonnees, exigerNombre } from './arguments.ts'
import { exigerAdresse, QHostAddress } from './qhostaddress.ts'

/** Le datagramme d'un message reçu. Réservé à `QUdpSocket`. */
export let datagrammeRecu: (
  donnees: Buffer,
  expediteur: QHostAddress,
  port: number,
  destination: { adresse: QHostAddress; port: number } | null,
) => QNetworkDatagram

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
    datagrammeRecu = (donnees, expediteur, port, destination) => {
      const datagramme = new QNetworkDatagram(donnees, destination?.adresse, destination?.port)
      datagramme.#expediteur = expediteur
      datagramme.#portExpediteur = port
      return datagramme
    }
  }

  constructor(
    donnees: string | Uint8Array = '',
    destination: QHostAddress = new QHostAddress(),
    port?: number,
  ) {
    const appel = 'new QNetworkDatagram(donnees, destination, port)'
    exigerAdresse(destination, appel, 'la destination')
    exigerNombre(port ?? 0, appel, 'le port')
    this.#donnees = tampon(donnees, appel)
    this.#destination = destination
    this.#portDestination = port ?? (destination.isNull() ? -1 : 0)
  }

  /** Les octets ; peut être vide, un datagramme vide reste un datagramme. */
  data(): Buffer {
    return this.#donnees
  }

  setData(donnees: string | Uint8Array): void {
    this.#donnees = tampon(donnees, 'QNetworkDatagram.setData(donnees)')
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
    const appel = 'QNetworkDatagram.setDestination(adresse, port)'
    exigerAdresse(adresse, appel)
    exigerNombre(port, appel, 'le port')
    this.#destination = adresse
    this.#portDestination = port
  }

  /** Change l'expéditeur ; un datagramme part toujours du socket qui l'envoie. */
  setSender(adresse: QHostAddress, port = 0): void {
    const appel = 'QNetworkDatagram.setSender(adresse, port)'
    exigerAdresse(adresse, appel)
    exigerNombre(port, appel, 'le port')
    this.#expediteur = adresse
    this.#portExpediteur = port
  }

  /** Redevient un datagramme nul : ni données ni adresses. */
  clear(): void {
    this.#donnees = Buffer.alloc(0)
    this.#destination = new QHostAddress()
    this.#portDestination = -1
    this.#expediteur = new QHostAddress()
    this.#portExpediteur = -1
  }

  /** Vrai pour un datagramme reçu, ou qui a une destination. */
  isValid(): boolean {
    return !this.#destination.isNull() || !this.#expediteur.isNull()
  }

  isNull(): boolean {
    return !this.isValid()
  }

  /**
   * La réponse à un datagramme reçu : adressée à son expéditeur, au nom de l'adresse qui l'a reçu quand elle est
   * connue.
   */
  makeReply(charge: string | Uint8Array): QNetworkDatagram {
    const reponse = new QNetworkDatagram(charge, this.#expediteur, this.#portExpediteur)
    if (this.#portDestination !== -1 && !this.#destination.isMulticast()) {
      reponse.#expediteur = this.#destination
      reponse.#portExpediteur = this.#portDestination
    }
    return reponse
  }
}

function tampon(donnees: string | Uint8Array, appel: string): Buffer {
  const octets = exigerDonnees(donnees, appel)
  return Buffer.isBuffer(octets) ? octets : Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength)
}
