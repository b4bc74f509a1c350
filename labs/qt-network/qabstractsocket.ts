import { BindFlag, NetworkLayerProtocol, SocketError, SocketOption, SocketState } from './enumeration.ts'
import { type Erreur, INCONNUE } from './erreurs.ts'
import type { QHostAddress } from './qhostaddress.ts'
import { QObject } from './qobject.ts'
import { emettre, Signal } from './signal.ts'

/**
 * Ce que `QTcpSocket` et `QUdpSocket` ont en commun : un état, une erreur, des adresses, des signaux.
 * Aucune méthode ne lève d'exception pour une raison de réseau : elle rend `false` ou `-1`, et
 * `errorOccurred` est émis.
 * https://doc.qt.io/qt-6/qabstractsocket.html
 */
export abstract class QAbstractSocket extends QObject {
  static readonly SocketState: typeof SocketState = SocketState
  static readonly SocketError: typeof SocketError = SocketError
  static readonly SocketOption: typeof SocketOption = SocketOption
  static readonly BindFlag: typeof BindFlag = BindFlag
  /** `BindMode` est, dans Qt, une combinaison de `BindFlag`. */
  static readonly BindMode: typeof BindFlag = BindFlag
  static readonly NetworkLayerProtocol: typeof NetworkLayerProtocol = NetworkLayerProtocol

  readonly stateChanged: Signal<[SocketState]> = new Signal(this)
  /** L'erreur n'est pas effacée par un succès : `error()` garde la dernière. */
  readonly errorOccurred: Signal<[SocketError]> = new Signal(this)
  /** De nouvelles données sont à lire ; jamais répété pour des données déjà annoncées. */
  readonly readyRead: Signal = new Signal(this)
  /** Nombre d'octets confiés au système, ce qui ne dit pas qu'ils sont arrivés. */
  readonly bytesWritten: Signal<[number]> = new Signal(this)
  readonly hostFound: Signal = new Signal(this)
  readonly connected: Signal = new Signal(this)
  readonly disconnected: Signal = new Signal(this)
  readonly aboutToClose: Signal = new Signal(this)
  readonly readChannelFinished: Signal = new Signal(this)

  #etat: SocketState = SocketState.UnconnectedState
  #erreur: Erreur = INCONNUE

  state(): SocketState {
    return this.#etat
  }

  error(): SocketError {
    return this.#erreur.code
  }

  /** Le texte de Qt, en anglais : `Connection refused`. */
  errorString(): string {
    return this.#erreur.texte
  }

  abstract localAddress(): QHostAddress
  abstract localPort(): number
  abstract close(): void
  abstract abort(): void
  /** Vrai entre l'ouverture du flux d'octets et sa fermeture. */
  abstract isOpen(): boolean
  /** Vrai si le socket peut servir. */
  abstract isValid(): boolean
  /** Nombre d'octets qui se lisent tout de suite. */
  abstract bytesAvailable(): number

  /**
   * Règle une option du système. Sans effet sur un socket qui n'existe pas encore pour le système, ou si l'option
   * ne le concerne pas. https://doc.qt.io/qt-6/qabstractsocket.html#setSocketOption
   */
  abstract setSocketOption(option: SocketOption, valeur: number | boolean): void
  /**
   * La valeur d'une option ; `null` là où Qt rend un `QVariant` vide, et pour celles que Node ne sait pas lire.
   * https://doc.qt.io/qt-6/qabstractsocket.html#socketOption
   */
  abstract socketOption(option: SocketOption): number | null

  /** Change d'état et l'annonce. */
  protected changerEtat(etat: SocketState): void {
    this.#etat = etat
    emettre(this.stateChanged, etat)
  }

  /** Change d'état sans rien annoncer. */
  protected poserEtat(etat: SocketState): void {
    this.#etat = etat
  }

  /** Retient l'erreur sans l'annoncer. */
  protected poserErreur(erreur: Erreur): void {
    this.#erreur = erreur
  }

  protected signalerErreur(erreur: Erreur): void {
    this.#erreur = erreur
    emettre(this.errorOccurred, erreur.code)
  }
}
