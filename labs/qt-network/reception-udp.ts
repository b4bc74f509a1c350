import type { RemoteInfo } from 'node:dgram'
import { QHostAddress } from './qhostaddress.ts'
import { emettre, type Signal } from './signal.ts'

/** Ce que rend `readDatagram()` : dans Qt, `size` est la valeur rendue et le reste va dans les arguments. */
export interface DatagrammeLu {
  /** Nombre d'octets lus, -1 s'il n'y avait aucun datagramme. */
  size: number
  data: Buffer
  address: QHostAddress
  port: number
}

/** Un datagramme reçu et pas encore lu. */
interface DatagrammeRecu {
  readonly donnees: Buffer
  readonly adresse: string
  readonly port: number
}

/** Ce que le noyau compte en plus des données pour chaque datagramme, en octets (ordre de grandeur sous Linux). */
const SURCOUT = 768

/**
 * Les datagrammes reçus et pas encore lus, et le moment de les annoncer.
 * Node retire sans cesse les datagrammes du noyau : sans une place limitée, un programme qui ne lit pas n'en
 * perdrait aucun, alors que Qt les laisse au noyau, qui jette ceux qui débordent.
 * https://doc.qt.io/qt-6/qudpsocket.html#receiveDatagram
 */
export class ReceptionUdp {
  /** Octets que la file peut occuper ; le datagramme qui la dépasserait est jeté. */
  place = 0
  readonly #readyRead: Signal
  #file: DatagrammeRecu[] = []
  #tete = 0
  #occupe = 0
  #expediteur = new QHostAddress()
  /** Des datagrammes sont annoncés et aucun n'a été lu depuis : pas d'autre `readyRead`. */
  #annonces = false
  #annonceProgrammee = false

  constructor(readyRead: Signal) {
    this.#readyRead = readyRead
  }

  get vide(): boolean {
    return this.#tete === this.#file.length
  }

  /** Taille du prochain datagramme en octets, -1 s'il n'y en a pas. */
  get tailleDuPremier(): number {
    return this.#file[this.#tete]?.donnees.length ?? -1
  }

  ajouter(donnees: Buffer, { address, port }: RemoteInfo): void {
    const cout = donnees.length + SURCOUT
    if (!this.vide && this.#occupe + cout > this.place) return
    this.#file.push({ donnees, adresse: address, port })
    this.#occupe += cout
    this.#programmerAnnonce()
  }

  /** Retire le prochain datagramme, coupé à `max` octets ; `null` s'il n'y en a pas. */
  retirer(max: number): DatagrammeLu | null {
    this.#annonces = false
    const recu = this.#file[this.#tete]
    if (recu === undefined) return null
    this.#tete += 1
    this.#occupe -= recu.donnees.length + SURCOUT
    if (this.vide) this.vider()
    else this.#programmerAnnonce()
    const data = recu.donnees.length > max ? recu.donnees.subarray(0, max) : recu.donnees
    // Les datagrammes qui se suivent viennent souvent du même hôte : son adresse n'est lue qu'une fois.
    if (this.#expediteur.toString() !== recu.adresse) this.#expediteur = new QHostAddress(recu.adresse)
    return { size: data.length, data, address: this.#expediteur, port: recu.port }
  }

  vider(): void {
    this.#file = []
    this.#tete = 0
    this.#occupe = 0
    this.#annonces = false
  }

  /**
   * `setImmediate` s'exécute après que Node a lu tout ce qui était arrivé. Après une annonce, plus rien tant
   * qu'aucun datagramme n'est lu ; s'il en reste après une lecture, l'annonce est répétée au tour suivant.
   */
  #programmerAnnonce(): void {
    if (this.#annonces || this.#annonceProgrammee) return
    this.#annonceProgrammee = true
    setImmediate(() => {
      this.#annonceProgrammee = false
      if (this.#annonces || this.vide) return
      this.#annonces = true
      emettre(this.#readyRead)
    })
  }
}
