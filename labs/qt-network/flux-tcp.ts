import { SocketState } from './enumeration.ts'
import { EnvoiTcp } from './envoi-tcp.ts'
import { DESCRIPTEUR_INVALIDE, NON_CONNECTE } from './erreurs.ts'
import { QAbstractSocket } from './qabstractsocket.ts'
import { qWarning } from './qdebug.ts'
import { ReceptionTcp } from './reception-tcp.ts'
import { emettre } from './signal.ts'
import { enOctets } from './texte.ts'

const { UnconnectedState, ConnectingState } = SocketState

const VIDE = Buffer.alloc(0)
const ECRITURE_HORS_CONNEXION =
  'QNativeSocketEngine::write() was not called in QAbstractSocket::ConnectedState'

/**
 * Les deux flux d'octets d'un `QTcpSocket` : lire et écrire, sans limites de messages. Dans Qt, ces méthodes viennent
 * de `QIODevice`.
 * https://doc.qt.io/qt-6/qiodevice.html
 */
export abstract class FluxTcp extends QAbstractSocket {
  #ouvert = false
  protected readonly reception: ReceptionTcp = new ReceptionTcp(this.readyRead, () => this.subirFin())
  protected readonly envoi: EnvoiTcp = new EnvoiTcp(this.bytesWritten, () => this.apresEnvoi())

  /** Le pair a fermé, ou la connexion est rompue. */
  protected abstract subirFin(): void
  /** Tout ce qui attendait est parti. */
  protected abstract apresEnvoi(): void

  /** Vrai de `connectToHost()` à `close()` ou `abort()` ; la fin décidée par le pair laisse le socket ouvert. */
  isOpen(): boolean {
    return this.#ouvert
  }

  protected ouvrirFlux(): void {
    this.#ouvert = true
  }

  /** Plus aucune lecture ni écriture ; ce qui n'est pas lu est perdu. */
  protected fermerFlux(): void {
    if (!this.#ouvert) return
    emettre(this.aboutToClose)
    this.#ouvert = false
    this.reception.vider()
  }

  #verifierOuvert(methode: string): boolean {
    if (!this.#ouvert) qWarning(`QIODevice::${methode} (QTcpSocket): device not open`)
    return this.#ouvert
  }

  // ---- lecture

  /** Lit tout ce qui est arrivé. */
  readAll(): Buffer {
    return this.read(this.bytesAvailable())
  }

  /** Lit au plus `max` octets. */
  read(max: number): Buffer {
    if (!this.#verifierOuvert('read')) return VIDE
    return this.reception.octets.lire(max)
  }

  /** Regarde au plus `max` octets sans les retirer. */
  peek(max: number): Buffer {
    if (!this.#verifierOuvert('peek')) return VIDE
    return this.reception.octets.regarder(max)
  }

  /** Vrai si une ligne entière, terminée par `\n`, est arrivée. */
  canReadLine(): boolean {
    return this.reception.octets.longueurLigne() !== -1
  }

  /** Lit une ligne, `\n` compris ; à défaut de ligne entière, tout ce qui est arrivé. */
  readLine(): Buffer {
    if (!this.#verifierOuvert('readLine')) return VIDE
    const { octets } = this.reception
    const longueur = octets.longueurLigne()
    return octets.lire(longueur === -1 ? octets.taille : longueur)
  }

  /** Nombre d'octets arrivés et pas encore lus. */
  bytesAvailable(): number {
    return this.reception.octets.taille
  }

  // ---- écriture

  /**
   * Confie des données au socket, qui les enverra au prochain tour de boucle : plusieurs `write()` du même tour
   * partent ensemble, avec un seul `bytesWritten`. Une chaîne part en UTF-8. Un tampon d'octets n'est pas
   * recopié : ne plus le modifier.
   * @returns Le nombre d'octets acceptés, ou -1 si le socket n'est pas connecté.
   */
  write(donnees: string | Uint8Array): number {
    if (!this.#verifierOuvert('write')) return -1
    if (this.state() === UnconnectedState) {
      this.poserErreur(NON_CONNECTE)
      return -1
    }
    const octets = enOctets(donnees)
    if (octets.length > 0) this.envoi.ajouter(octets)
    return octets.length
  }

  /** Nombre d'octets acceptés par `write()` et pas encore confiés au système. */
  bytesToWrite(): number {
    return this.envoi.restant
  }

  /**
   * Envoie sans attendre le prochain tour. Vrai si des octets sont partis. Pendant une connexion, Qt coupe tout :
   * attendre `connected`.
   */
  flush(): boolean {
    if (this.state() === ConnectingState && this.envoi.enAttente > 0) {
      qWarning(ECRITURE_HORS_CONNEXION)
      this.signalerErreur(DESCRIPTEUR_INVALIDE)
      this.abort()
      return false
    }
    return this.envoi.envoyer()
  }
}
