import { createServer, type Server } from 'node:net'
import { exigerNombre, exigerPort } from './arguments.ts'
import { type AdresseEcoute, ecouterMaintenant } from './ecoute-synchrone.ts'
import { NetworkLayerProtocol, SocketError } from './enumeration.ts'
import { type Erreur, erreurDAssociation } from './erreurs.ts'
import { annoncerSocket } from './observation.ts'
import { qWarning } from './qdebug.ts'
import { adresseLiee, exigerAdresse, QHostAddress } from './qhostaddress.ts'
import { QObject } from './qobject.ts'
import { type DescripteurDeSocket, QTcpSocket } from './qtcpsocket.ts'
import { emettre, Signal } from './signal.ts'

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
  /** Acceptées par Node, mais pas encore par ce serveur : dans Qt, elles attendent dans le noyau. */
  #retenues: DescripteurDeSocket[] = []
  #maximum = 30
  #fileDuNoyau = 50
  /** Faux en pause, ou depuis que la file est pleine : `nextPendingConnection()` et `resumeAccepting()` y remédient. */
  #accepte = true
  #acceptationProgrammee = false
  #enAcceptation = false
  /** Nombre de connexions acceptées, pour reconnaître la fin d'une rafale. */
  #acceptees = 0
  /** Change à chaque pause et à chaque reprise : une pause à venir se reconnaît comme dépassée. */
  #decision = 0

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
    const appel = 'QTcpServer.listen(adresse, port)'
    exigerAdresse(adresse, appel)
    const portVoulu = exigerPort(port, appel)
    const natif = createServer({ allowHalfOpen: true, pauseOnConnect: true })
    // L'échec se lit dans `listening` ; l'événement, qui vient plus tard, n'apprend rien de plus.
    natif.on('error', () => {})
    natif.on('connection', (socket) => {
      this.#retenues.push(socket)
      this.#accepter()
    })
    const echec = ouvrir(natif, adresse, portVoulu, this.#fileDuNoyau)
    if (echec !== null) {
      this.#erreur = erreurDAssociation(echec)
      return false
    }
    this.#natif = natif
    annoncerSocket(this, natif)
    this.#accepte = true
    const lieA = natif.address()
    const texte = lieA !== null && typeof lieA === 'object' ? lieA.address : ''
    this.#adresse = adresseLiee(texte, adresse.protocol() === NetworkLayerProtocol.AnyIPProtocol)
    return true
  }

  /** Cesse d'écouter et libère le port. Les connexions déjà prises continuent ; celles en file sont coupées. */
  close(): void {
    for (const socket of this.#enFile) socket.deleteLater()
    // Comme le noyau pour celles que personne n'a acceptées.
    for (const socket of this.#retenues) socket.resetAndDestroy()
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

  /**
   * La plus ancienne connexion en file, ou `null`. Le serveur en est le parent. Si elle en rend une, l'acceptation
   * reprend, même après `pauseAccepting()`.
   */
  nextPendingConnection(): QTcpSocket | null {
    const socket = this.#enFile.shift() ?? null
    if (socket !== null) this.resumeAccepting()
    return socket
  }

  /**
   * Reçoit chaque connexion acceptée. À redéfinir pour créer soi-même le socket, puis le mettre en file par
   * `addPendingConnection()` ou s'en charger. https://doc.qt.io/qt-6/qtcpserver.html#incomingConnection
   */
  protected incomingConnection(descripteur: DescripteurDeSocket): void {
    const socket = new QTcpSocket(this)
    socket.setSocketDescriptor(descripteur)
    this.addPendingConnection(socket)
  }

  /** Met une connexion en file et l'annonce par `pendingConnectionAvailable`. */
  protected addPendingConnection(socket: QTcpSocket): void {
    this.#enFile.push(socket)
    emettre(this.pendingConnectionAvailable)
  }

  maxPendingConnections(): number {
    return this.#maximum
  }

  /**
   * Au-delà de `nombre` connexions en file, les suivantes attendent sans être annoncées. Augmenter ce nombre ne
   * réveille pas un serveur déjà plein : `nextPendingConnection()` ou `resumeAccepting()` le font.
   */
  setMaxPendingConnections(nombre: number): void {
    exigerNombre(nombre, 'QTcpServer.setMaxPendingConnections(nombre)', 'le nombre')
    this.#maximum = nombre
  }

  /** Connexions établies que le noyau garde avant qu'elles soient acceptées. */
  listenBacklogSize(): number {
    return this.#fileDuNoyau
  }

  /** Vaut pour le prochain `listen()`. */
  setListenBacklogSize(nombre: number): void {
    exigerNombre(nombre, 'QTcpServer.setListenBacklogSize(nombre)', 'le nombre')
    this.#fileDuNoyau = nombre
  }

  /**
   * N'accepte plus, jusqu'à `resumeAccepting()` ou à la prise d'une connexion en file ; les clients, eux, se croient
   * déjà connectés. Dans un slot de `newConnection`, les connexions déjà là sont acceptées quand même.
   */
  pauseAccepting(): void {
    this.#decision += 1
    if (this.#enAcceptation) this.#pauserApresLaRafale(this.#decision)
    else this.#accepte = false
  }

  resumeAccepting(): void {
    this.#decision += 1
    this.#accepte = true
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
    if (this.#acceptationProgrammee || this.#retenues.length === 0) return
    this.#acceptationProgrammee = true
    setImmediate(() => {
      this.#acceptationProgrammee = false
      this.#accepter()
    })
  }

  #accepter(): void {
    const natif = this.#natif
    this.#enAcceptation = true
    while (this.#accepte && natif !== null && natif === this.#natif) {
      if (this.#enFile.length >= this.#maximum) {
        this.#accepte = false
        break
      }
      const descripteur = this.#retenues.shift()
      if (descripteur === undefined) break
      this.#acceptees += 1
      this.incomingConnection(descripteur)
      emettre(this.newConnection)
    }
    this.#enAcceptation = false
  }

  /** Qt accepte d'un coup ce qui est arrivé ensemble ; Node le donne en plusieurs tours : on attend qu'il n'en vienne plus. */
  #pauserApresLaRafale(decision: number): void {
    const acceptees = this.#acceptees
    setImmediate(() =>
      setImmediate(() => {
        if (decision !== this.#decision) return
        if (this.#acceptees > acceptees) this.#pauserApresLaRafale(decision)
        else this.#accepte = false
      }),
    )
  }

  protected override liberer(): void {
    this.close()
  }
}

/** @returns `null`, ou le code d'erreur du système. */
function ouvrir(natif: Server, adresse: QHostAddress, port: number, file: number): string | null {
  if (adresse.protocol() === NetworkLayerProtocol.AnyIPProtocol) {
    // Sans adresse, `listen()` de Node est déjà immédiat : `::` pour les deux familles, ou 0.0.0.0 sans IPv6.
    natif.listen(port, file)
    if (natif.listening) return null
    return raisonDuRefus(port)
  }
  return ecouterMaintenant(natif, cible(adresse), port, file)
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
    ipv6Seulement: famille === 6,
  }
}
