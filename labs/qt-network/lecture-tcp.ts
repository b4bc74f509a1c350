import { exigerNombre } from './arguments.ts'
import { QAbstractSocket } from './qabstractsocket.ts'
import { qWarning } from './qdebug.ts'
import { ReceptionTcp } from './reception-tcp.ts'
import { emettre } from './signal.ts'

const VIDE = Buffer.alloc(0)

/**
 * Lire ce qui arrive par un `QTcpSocket` : un flux d'octets, sans limites de messages. Dans Qt, ces méthodes viennent
 * de `QIODevice`.
 * https://doc.qt.io/qt-6/qiodevice.html
 */
export abstract class LectureTcp extends QAbstractSocket {
  #ouvert = false
  protected readonly reception: ReceptionTcp = new ReceptionTcp(this.readyRead, () => this.subirFin())

  /** Le pair a fermé, ou la connexion est rompue. */
  protected abstract subirFin(): void

  /** Vrai de `connectToHost()` à `close()` ou `abort()` ; la fin décidée par le pair laisse le socket ouvert. */
  isOpen(): boolean {
    return this.#ouvert
  }

  isValid(): boolean {
    return this.#ouvert
  }

  protected ouvrirFlux(): void {
    this.#ouvert = true
    this.reception.octets.valider()
  }

  /** Plus aucune lecture ni écriture ; ce qui n'est pas lu est perdu. */
  protected fermerFlux(): void {
    if (!this.#ouvert) return
    emettre(this.aboutToClose)
    this.#ouvert = false
    this.reception.vider()
  }

  /** @returns Faux, avec l'avertissement de Qt, si le socket n'est pas ouvert. */
  protected verifierOuvert(methode: string): boolean {
    if (!this.#ouvert) this.#avertir(methode, 'device not open')
    return this.#ouvert
  }

  #avertir(methode: string, raison: string): void {
    qWarning(`QIODevice::${methode} (QTcpSocket): ${raison}`)
  }

  /** @returns Faux, avec l'avertissement de Qt, si une taille n'a pas de sens. */
  #verifierTaille(methode: string, taille: number, minimum = 0): boolean {
    exigerNombre(taille, `QTcpSocket.${methode}(taille)`, 'la taille')
    if (taille < minimum) this.#avertir(methode, `Called with maxSize < ${minimum}`)
    return taille >= minimum
  }

  /** Lit tout ce qui est arrivé. */
  readAll(): Buffer {
    return this.read(this.bytesAvailable())
  }

  /** Lit au plus `max` octets. */
  read(max: number): Buffer {
    if (!this.verifierOuvert('read') || !this.#verifierTaille('read', max)) return VIDE
    return this.reception.octets.lire(max)
  }

  /** Regarde au plus `max` octets sans les retirer. */
  peek(max: number): Buffer {
    if (!this.#verifierTaille('peek', max) || !this.verifierOuvert('peek')) return VIDE
    return this.reception.octets.regarder(max)
  }

  /**
   * Passe `max` octets sans les rendre.
   * @returns Le nombre d'octets passés, -1 si le socket n'est pas ouvert.
   */
  skip(max: number): number {
    if (!this.verifierOuvert('skip') || !this.#verifierTaille('skip', max)) return -1
    return this.reception.octets.lire(max).length
  }

  /** Vrai si une ligne entière, terminée par `\n`, est arrivée. */
  canReadLine(): boolean {
    return this.reception.octets.longueurLigne() !== -1
  }

  /**
   * Lit une ligne, `\n` compris ; à défaut de ligne entière, tout ce qui est arrivé.
   * @param max Limite en octets, zéro final du C++ compris : `readLine(5)` en rend 4 au plus. 0 : aucune limite.
   */
  readLine(max = 0): Buffer {
    if (!this.verifierOuvert('readLine')) return VIDE
    if (max !== 0 && !this.#verifierTaille('readLine', max, 2)) return VIDE
    const { octets } = this.reception
    const longueur = octets.longueurLigne()
    const ligne = longueur === -1 ? octets.taille : longueur
    return octets.lire(max === 0 ? ligne : Math.min(ligne, max - 1))
  }

  /** Nombre d'octets arrivés et pas encore lus. */
  bytesAvailable(): number {
    return this.reception.octets.taille
  }

  /** Vrai s'il n'y a rien à lire pour l'instant ; la suite peut encore arriver. */
  atEnd(): boolean {
    return !this.#ouvert || this.bytesAvailable() === 0
  }

  // ---- transactions

  /**
   * Commence une lecture que `rollbackTransaction()` pourra défaire : si le message n'est pas entier, ce qui est lu
   * redevient à lire. https://doc.qt.io/qt-6/qiodevice.html#startTransaction
   */
  startTransaction(): void {
    const { octets } = this.reception
    if (octets.enTransaction)
      this.#avertir('startTransaction', 'Called while transaction already in progress')
    else octets.retenir()
  }

  /** Confirme ce qui a été lu depuis `startTransaction()`. */
  commitTransaction(): void {
    if (this.#verifierTransaction('commitTransaction')) this.reception.octets.valider()
  }

  /** Rend à lire tout ce qui a été lu depuis `startTransaction()`. */
  rollbackTransaction(): void {
    if (this.#verifierTransaction('rollbackTransaction')) this.reception.octets.defaire()
  }

  isTransactionStarted(): boolean {
    return this.reception.octets.enTransaction
  }

  #verifierTransaction(methode: string): boolean {
    const { enTransaction } = this.reception.octets
    if (!enTransaction) this.#avertir(methode, 'Called while no transaction in progress')
    return enTransaction
  }
}
