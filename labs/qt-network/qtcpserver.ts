import { createServer, type Server, type Socket } from 'node:net'
import { type AdresseEcoute, ecouterMaintenant } from './ecoute-synchrone.ts'
import { NetworkLayerProtocol, SocketError } from './enumeration.ts'
import { type Erreur, erreurDAssociation } from './erreurs.ts'
import { qWarning } from './qdebug.ts'
import { adresseLiee, QHostAddress } from './qhostaddress.ts'
import { QObject } from './qobject.ts'
import { adopter, type QTcpSocket } from './qtcpsocket.ts'
import { emettre, Signal } from './signal.ts'

/** Connexions établies que le noyau garde pour un serveur : la valeur de Qt. */
const FILE_DU_NOYAU = 50

const AUCUNE: Erreur = { code: SocketError.UnknownSocketError, texte: '' }

/**
 * Un serveur TCP : il écoute, met les connexions acceptées en file et annonce chacune par `newConnection`.
 * https://doc.qt.io/qt-6/qtcpserver.html
 */
export class QTcpServer extends QObject {
  /** Émis une fois par connexion, déjà en file : `nextPendingConnection()` la donne. */
  readonly newConnection: Signal = new Signal(this)
  readonly pendingConnectionAvailable: Signal = new Signal(this)
  readonly acceptError: Signal<[SocketError]> = new Signal(this)

  #natif: Server | null = null
  #adresse = new QHostAddress()
  #erreur: Erreur = AUCUNE
  #enFile: QTcpSocket[] = []
  /** Acceptées par Node, mais pas encore par ce serveur : la file est pleine ou l'acceptation en pause. */
  #retenues: Socket[] = []
  #maximum = 30
  #enPause = false
  #acceptationProgrammee = false

  /**
   * Se met à l'écoute ; la réponse est immédiate et aucun signal n'est émis.
   * @param port 0 laisse le système choisir : `serverPort()` le dit.
   * @returns Faux en cas d'échec : voir `serverError()` et `errorString()`.
   */
  listen(adresse: QHostAddress = QHostAddress.Any, port = 0): boolean {
    if (this.#natif !== null) {
      qWarning('QTcpServer::listen() called when already listening')
      return false
    }
    const natif = createServer({ allowHalfOpen: true, pauseOnConnect: true })
    // L'échec se lit dans `listening` ; l'événement, qui vient plus tard, n'apprend rien de plus.
    natif.on('error', () => {})
    natif.on('connection', (socket) => {
      this.#retenues.push(socket)
      this.#accepter()
    })
    const echec = ouvrir(natif, adresse, port & 0xffff)
    if (echec !== null) {
      this.#erreur = erreurDAssociation(echec)
      return false
    }
    this.#natif = natif
    const lieA = natif.address()
    const texte = lieA !== null && typeof lieA === 'object' ? lieA.address : ''
    this.#adresse = adresseLiee(texte, adresse.protocol() === NetworkLayerProtocol.AnyIPProtocol)
    return true
  }

  /** Cesse d'écouter et libère le port. Les connexions déjà prises continuent ; celles en file sont coupées. */
  close(): void {
    for (const socket of this.#enFile) socket.deleteLater()
    for (const socket of this.#retenues) socket.destroy()
    this.#enFile = []
    this.#retenues = []
    this.#natif?.close()
    this.#natif = null
    this.#adresse = new QHostAddress()
  }

  isListening(): boolean {
    return this.#natif !== null
  }

  /** Le port d'écoute ; 0 si le serveur n'écoute pas. */
  serverPort(): number {
    const lieA = this.#natif?.address()
    return typeof lieA === 'object' && lieA !== null ? lieA.port : 0
  }

  serverAddress(): QHostAddress {
    return this.#adresse
  }

  hasPendingConnections(): boolean {
    return this.#enFile.length > 0
  }

  /** La plus ancienne connexion en file, ou `null`. Le serveur en est le parent. */
  nextPendingConnection(): QTcpSocket | null {
    const socket = this.#enFile.shift() ?? null
    if (this.#retenues.length > 0) this.#programmerAcceptation()
    return socket
  }

  maxPendingConnections(): number {
    return this.#maximum
  }

  /** Au-delà de `nombre` connexions en file, les suivantes attendent sans être annoncées. */
  setMaxPendingConnections(nombre: number): void {
    this.#maximum = nombre
  }

  /** N'annonce plus aucune connexion jusqu'à `resumeAccepting()` ; les clients, eux, se croient déjà connectés. */
  pauseAccepting(): void {
    this.#enPause = true
  }

  resumeAccepting(): void {
    this.#enPause = false
    this.#programmerAcceptation()
  }

  serverError(): SocketError {
    return this.#erreur.code
  }

  /** Le texte de Qt, en anglais ; vide tant qu'il n'y a pas eu d'erreur. */
  errorString(): string {
    return this.#erreur.texte
  }

  #programmerAcceptation(): void {
    if (this.#acceptationProgrammee) return
    this.#acceptationProgrammee = true
    setImmediate(() => {
      this.#acceptationProgrammee = false
      this.#accepter()
    })
  }

  #accepter(): void {
    while (!this.#enPause && this.#natif !== null && this.#enFile.length < this.#maximum) {
      const natif = this.#retenues.shift()
      if (natif === undefined) return
      this.#enFile.push(adopter(natif, this))
      emettre(this.pendingConnectionAvailable)
      emettre(this.newConnection)
    }
  }

  protected override liberer(): void {
    this.close()
  }
}

/** @returns `null`, ou le code d'erreur du système. */
function ouvrir(natif: Server, adresse: QHostAddress, port: number): string | null {
  if (adresse.protocol() === NetworkLayerProtocol.AnyIPProtocol) {
    // Sans adresse, `listen()` de Node est déjà immédiat : `::` pour les deux familles, ou 0.0.0.0 sans IPv6.
    natif.listen(port, FILE_DU_NOYAU)
    if (natif.listening) return null
    return raisonDuRefus(port)
  }
  return ecouterMaintenant(natif, cible(adresse), port, FILE_DU_NOYAU)
}

/** Node ne dit pas tout de suite pourquoi `listen()` a échoué : la même demande, faite autrement, le dit. */
function raisonDuRefus(port: number): string {
  const essai = createServer()
  essai.on('error', () => {})
  const raison = ecouterMaintenant(essai, { adresse: '::', famille: 6, ipv6Seulement: false }, port, 1)
  if (raison === null) essai.close()
  return raison ?? 'EADDRINUSE'
}

function cible(adresse: QHostAddress): AdresseEcoute {
  const famille = adresse.protocol() === NetworkLayerProtocol.IPv6Protocol ? 6 : 4
  return {
    adresse: adresse.isNull() ? '0.0.0.0' : adresse.toString(),
    famille,
    ipv6Seulement: adresse.equals(QHostAddress.AnyIPv6),
  }
}
