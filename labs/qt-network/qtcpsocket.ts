import type { Socket } from 'node:net'
import { connecterMaintenant } from './connexion-immediate.ts'
import { SocketState } from './enumeration.ts'
import {
  DEJA_EN_COURS,
  DELAI_CONNEXION,
  DESCRIPTEUR_INVALIDE,
  type Erreur,
  erreurDeConnexion,
  FERME_PAR_LE_PAIR,
  HOTE_INTROUVABLE,
  INCONNUE,
  NON_CONNECTE,
} from './erreurs.ts'
import { QAbstractSocket } from './qabstractsocket.ts'
import { qWarning } from './qdebug.ts'
import { QHostAddress } from './qhostaddress.ts'
import type { QObject } from './qobject.ts'
import { resoudre } from './resolution.ts'
import { emettre } from './signal.ts'
import { Tampon } from './tampon.ts'
import { enOctets } from './texte.ts'

/**
 * Au-delà de ce nombre d'octets arrivés dans un même tour, `readyRead` n'attend plus la fin du tour : un gros envoi
 * se lit par parts, comme dans Qt, au lieu d'être recopié en un seul tampon énorme.
 */
const GROS_ENVOI = 128 * 1024

const VIDE = Buffer.alloc(0)
const ECRITURE_HORS_CONNEXION =
  'QNativeSocketEngine::write() was not called in QAbstractSocket::ConnectedState'

const { UnconnectedState, HostLookupState, ConnectingState, ConnectedState, ClosingState } = SocketState

/**
 * Crée le `QTcpSocket` d'une connexion acceptée. Réservé à `QTcpServer`.
 * @param natif Le socket de Node, en pause : rien n'a encore été lu.
 */
export let adopter: (natif: Socket, parent: QObject) => QTcpSocket

/**
 * Une connexion TCP, côté client ou côté serveur : deux flux d'octets, sans limites de messages.
 *
 * Sous le capot : un socket de Node neuf par tentative de connexion, derrière le même objet. Ce que Node annonce
 * morceau par morceau est regroupé : un `readyRead` et un envoi au plus par tour de boucle.
 * https://doc.qt.io/qt-6/qtcpsocket.html
 */
export class QTcpSocket extends QAbstractSocket {
  /**
   * Attente avant d'abandonner une adresse qui ne répond pas, en ms. Chaque adresse est essayée deux fois :
   * un hôte muet demande donc 60 s. Qt ne permet pas de la changer ; les labos, si.
   */
  static delaiConnexion = 30_000

  #natif: Socket | null = null
  #ouvert = false
  #hote = ''
  #port = 0
  #adressesAEssayer: string[] = []
  #minuterie: NodeJS.Timeout | undefined
  #fermetureDemandee = false
  /** Change à chaque `connectToHost()` et à chaque fin : une réponse tardive du système se reconnaît. */
  #tentative = 0

  readonly #recus = new Tampon()
  /** Octets arrivés depuis le dernier `readyRead`. */
  #aAnnoncer = 0
  #recusCeTour = 0
  #finDuPair = false
  #annonceProgrammee = false
  #readyReadEnCours = false

  #aEcrire: Uint8Array[] = []
  #octetsAEcrire = 0
  #octetsEnCours = 0
  #ecritureProgrammee = false
  #bytesWrittenEnCours = false

  #adresseLocale = new QHostAddress()
  #portLocal = 0
  #adressePair = new QHostAddress()
  #portPair = 0

  static {
    adopter = (natif, parent) => {
      const socket = new QTcpSocket(parent)
      socket.#ouvert = true
      socket.#natif = natif
      socket.#ecouter(natif)
      socket.#retenirAdresses(natif)
      socket.poserEtat(ConnectedState)
      natif.resume()
      return socket
    }
  }

  // ---- connexion

  /**
   * Demande la connexion et rend la main aussitôt ; la suite arrive par `connected` ou `errorOccurred`.
   * Tout de suite : `stateChanged(HostLookupState)` et, pour une adresse IP, `stateChanged(ConnectingState)` puis
   * `hostFound`. Un échec émet `stateChanged(UnconnectedState)` puis `errorOccurred`, jamais `disconnected`.
   */
  connectToHost(hote: string | QHostAddress, port: number): void {
    const nom = hote.toString()
    if (this.state() !== UnconnectedState) {
      qWarning(
        `QAbstractSocket::connectToHost() called when already looking up or connecting/connected to "${nom}"`,
      )
      this.signalerErreur(DEJA_EN_COURS)
      return
    }
    this.#hote = nom
    this.#port = port & 0xffff
    this.#fermetureDemandee = false
    this.#ouvert = true
    this.#oublierDonnees()
    this.#oublierAdresses()
    this.poserErreur(INCONNUE)
    const tentative = ++this.#tentative
    this.changerEtat(HostLookupState)
    resoudre(nom, (adresses) => {
      if (this.#tentative === tentative && this.state() === HostLookupState) this.#essayer(adresses)
    })
  }

  #essayer(adresses: string[]): void {
    if (adresses.length === 0) {
      this.changerEtat(UnconnectedState)
      this.signalerErreur(HOTE_INTROUVABLE)
      return
    }
    // Comme Qt : la liste entière, deux fois.
    this.#adressesAEssayer = [...adresses, ...adresses]
    this.changerEtat(ConnectingState)
    emettre(this.hostFound)
    this.#adresseSuivante(INCONNUE)
  }

  #adresseSuivante(derniereErreur: Erreur): void {
    if (this.state() !== ConnectingState) return
    const adresse = this.#adressesAEssayer.shift()
    if (adresse === undefined) {
      this.#abandonner(derniereErreur)
      return
    }
    const natif = connecterMaintenant(adresse, this.#port)
    this.#natif = natif
    this.#ecouter(natif)
    if (natif.errored !== null) {
      this.#echouer(natif, erreurDeConnexion((natif.errored as NodeJS.ErrnoException).code))
      return
    }
    natif.on('connect', () => {
      if (natif === this.#natif) this.#etablir(natif)
    })
    this.#minuterie = setTimeout(() => this.#echouer(natif, DELAI_CONNEXION), QTcpSocket.delaiConnexion)
  }

  /** Aucune adresse n'a répondu. Avec des données en attente, Qt ferme en plus le socket et les oublie. */
  #abandonner(erreur: Erreur): void {
    this.poserErreur(erreur)
    const tentative = ++this.#tentative
    this.changerEtat(UnconnectedState)
    this.signalerErreur(erreur)
    if (tentative !== this.#tentative || this.#octetsAEcrire === 0) return
    this.#oublierEcritures()
    this.#fermerAppareil()
  }

  #echouer(natif: Socket, erreur: Erreur): void {
    if (natif !== this.#natif) return
    this.#lacherNatif()
    this.#adresseSuivante(erreur)
  }

  #etablir(natif: Socket): void {
    clearTimeout(this.#minuterie)
    this.#retenirAdresses(natif)
    this.changerEtat(ConnectedState)
    emettre(this.connected)
    if (this.#fermetureDemandee) {
      this.#fermetureDemandee = false
      this.disconnectFromHost()
    }
    if (this.#octetsAEcrire > 0) this.#programmerEcriture()
  }

  #ecouter(natif: Socket): void {
    natif.on('data', (morceau: Buffer) => {
      if (natif !== this.#natif) return
      this.#recus.ajouter(morceau)
      this.#aAnnoncer += morceau.length
      this.#recusCeTour += morceau.length
      this.#programmerAnnonce(natif)
      if (this.#recusCeTour > GROS_ENVOI) this.#annoncer(natif)
    })
    natif.on('end', () => this.#noterFin(natif))
    natif.on('error', (erreur: NodeJS.ErrnoException) => {
      if (this.state() === ConnectingState) this.#echouer(natif, erreurDeConnexion(erreur.code))
      else this.#noterFin(natif)
    })
  }

  // ---- lecture

  #noterFin(natif: Socket): void {
    if (natif !== this.#natif) return
    this.#finDuPair = true
    this.#programmerAnnonce(natif)
  }

  /** `setImmediate` s'exécute après que Node a lu tout ce qui était arrivé : un seul signal pour le tout. */
  #programmerAnnonce(natif: Socket): void {
    if (this.#annonceProgrammee) return
    this.#annonceProgrammee = true
    setImmediate(() => {
      this.#annonceProgrammee = false
      this.#recusCeTour = 0
      if (natif === this.#natif) this.#annoncer(natif)
      else if (this.#natif !== null && (this.#aAnnoncer > 0 || this.#finDuPair)) {
        this.#programmerAnnonce(this.#natif)
      }
    })
  }

  #annoncer(natif: Socket): void {
    if (this.#aAnnoncer > 0 && !this.#readyReadEnCours) {
      this.#aAnnoncer = 0
      this.#readyReadEnCours = true
      try {
        emettre(this.readyRead)
      } finally {
        this.#readyReadEnCours = false
      }
    }
    if (this.#finDuPair && natif === this.#natif) this.#subirFin()
  }

  /** Le pair a fermé, ou la connexion est rompue : pour Qt c'est la même fin, dans les deux sens à la fois. */
  #subirFin(): void {
    const tentative = this.#tentative
    this.#finDuPair = false
    if (this.state() !== ClosingState) this.signalerErreur(FERME_PAR_LE_PAIR)
    // Un slot de errorOccurred a pu fermer ou rouvrir le socket : la suite ne le concerne plus.
    if (tentative !== this.#tentative || this.state() === UnconnectedState) return
    this.#oublierEcritures()
    if (this.state() !== ClosingState) this.changerEtat(ClosingState)
    if (tentative === this.#tentative && this.state() === ClosingState) this.#terminer()
  }

  #lisible(methode: string): boolean {
    if (!this.#ouvert) qWarning(`QIODevice::${methode} (QTcpSocket): device not open`)
    return this.#ouvert
  }

  /** Lit tout ce qui est arrivé. */
  readAll(): Buffer {
    if (!this.#lisible('read')) return VIDE
    return this.#recus.lire(this.#recus.taille)
  }

  /** Lit au plus `max` octets. */
  read(max: number): Buffer {
    if (!this.#lisible('read')) return VIDE
    return this.#recus.lire(max)
  }

  /** Regarde au plus `max` octets sans les retirer. */
  peek(max: number): Buffer {
    if (!this.#lisible('peek')) return VIDE
    return this.#recus.regarder(max)
  }

  /** Vrai si une ligne entière, terminée par `\n`, est arrivée. */
  canReadLine(): boolean {
    return this.#recus.longueurLigne() !== -1
  }

  /** Lit une ligne, `\n` compris ; à défaut de ligne entière, tout ce qui est arrivé. */
  readLine(): Buffer {
    if (!this.#lisible('readLine')) return VIDE
    const longueur = this.#recus.longueurLigne()
    return this.#recus.lire(longueur === -1 ? this.#recus.taille : longueur)
  }

  /** Nombre d'octets arrivés et pas encore lus. */
  bytesAvailable(): number {
    return this.#recus.taille
  }

  // ---- écriture

  /**
   * Confie des données au socket, qui les enverra au prochain tour de boucle : plusieurs `write()` du même tour
   * partent ensemble, avec un seul `bytesWritten`. Une chaîne part en UTF-8. Un tampon d'octets n'est pas
   * recopié : ne plus le modifier.
   * @returns Le nombre d'octets acceptés, ou -1 si le socket n'est pas connecté.
   */
  write(donnees: string | Uint8Array): number {
    if (!this.#ouvert) {
      qWarning('QIODevice::write (QTcpSocket): device not open')
      return -1
    }
    if (this.state() === UnconnectedState) {
      this.poserErreur(NON_CONNECTE)
      return -1
    }
    const octets = enOctets(donnees)
    if (octets.length === 0) return 0
    this.#aEcrire.push(octets)
    this.#octetsAEcrire += octets.length
    if (this.state() === ConnectedState || this.state() === ClosingState) this.#programmerEcriture()
    return octets.length
  }

  /** Nombre d'octets acceptés par `write()` et pas encore confiés au système. */
  bytesToWrite(): number {
    return this.#octetsAEcrire + this.#octetsEnCours
  }

  /**
   * Envoie sans attendre le prochain tour. Vrai si des octets sont partis. Pendant une connexion, Qt coupe tout :
   * attendre `connected`.
   */
  flush(): boolean {
    if (this.state() === ConnectingState && this.#octetsAEcrire > 0) {
      qWarning(ECRITURE_HORS_CONNEXION)
      this.signalerErreur(DESCRIPTEUR_INVALIDE)
      this.abort()
      return false
    }
    if (this.state() !== ConnectedState && this.state() !== ClosingState) return false
    return this.#envoyer()
  }

  #programmerEcriture(): void {
    if (this.#ecritureProgrammee) return
    this.#ecritureProgrammee = true
    setImmediate(() => {
      this.#ecritureProgrammee = false
      if (this.state() === ConnectedState || this.state() === ClosingState) this.#envoyer()
    })
  }

  #envoyer(): boolean {
    const natif = this.#natif
    const nombre = this.#octetsAEcrire
    if (natif === null || nombre === 0 || this.#octetsEnCours > 0) return false
    const morceaux = this.#aEcrire
    this.#aEcrire = []
    this.#octetsAEcrire = 0
    this.#octetsEnCours = nombre
    let envoye = false
    const finEnvoi = (erreur?: Error | null) => {
      if (envoye || natif !== this.#natif || erreur) return
      envoye = true
      this.#confirmerEnvoi(nombre)
    }
    natif.cork()
    morceaux.forEach((morceau, rang) => {
      if (rang === morceaux.length - 1) natif.write(morceau, finEnvoi)
      else natif.write(morceau)
    })
    natif.uncork()
    // Le noyau a tout pris : Node l'annoncera plus tard, Qt l'annonce tout de suite.
    if (natif.writableLength === 0) finEnvoi()
    return true
  }

  #confirmerEnvoi(nombre: number): void {
    this.#octetsEnCours = 0
    const tentative = this.#tentative
    if (!this.#bytesWrittenEnCours) {
      this.#bytesWrittenEnCours = true
      try {
        emettre(this.bytesWritten, nombre)
      } finally {
        this.#bytesWrittenEnCours = false
      }
    }
    if (tentative !== this.#tentative) return
    if (this.#octetsAEcrire > 0) this.#programmerEcriture()
    else if (this.state() === ClosingState && this.bytesToWrite() === 0) this.#terminer()
  }

  // ---- fermeture

  /**
   * Ferme la connexion après avoir envoyé ce qui attend. Sans rien en attente, tout se passe pendant l'appel :
   * ClosingState, UnconnectedState, `readChannelFinished`, `disconnected`. Pendant une connexion, la fermeture
   * attend `connected`.
   */
  disconnectFromHost(): void {
    if (this.state() === UnconnectedState) return
    if (this.state() === HostLookupState || this.state() === ConnectingState) {
      this.#fermetureDemandee = true
      return
    }
    const tentative = this.#tentative
    if (this.state() !== ClosingState) this.changerEtat(ClosingState)
    if (tentative !== this.#tentative || this.state() !== ClosingState) return
    if (this.bytesToWrite() > 0) this.#natif?.pause()
    else this.#terminer()
  }

  /** `disconnectFromHost()`, et plus aucune lecture ni écriture : `aboutToClose` est émis, `isOpen()` devient faux. */
  close(): void {
    this.#fermerAppareil()
    this.disconnectFromHost()
  }

  /** Coupe tout de suite : ce qui n'est pas envoyé et ce qui n'est pas lu est perdu. */
  abort(): void {
    this.#oublierEcritures()
    this.#fermerAppareil()
    if (this.state() !== UnconnectedState) this.#terminer()
  }

  #fermerAppareil(): void {
    if (!this.#ouvert) return
    emettre(this.aboutToClose)
    this.#ouvert = false
    this.#oublierLectures()
  }

  /** Vrai de `connectToHost()` à `close()` ou `abort()` ; la fin décidée par le pair laisse le socket ouvert. */
  isOpen(): boolean {
    return this.#ouvert
  }

  #terminer(): void {
    const etaitConnecte = this.state() === ConnectedState || this.state() === ClosingState
    const tentative = ++this.#tentative
    this.#lacherNatif()
    this.changerEtat(UnconnectedState)
    emettre(this.readChannelFinished)
    if (etaitConnecte) emettre(this.disconnected)
    if (tentative !== this.#tentative) return
    this.#oublierAdresses()
    this.#oublierEcritures()
  }

  /** `destroy()` ferme le descripteur, comme `close(fd)` dans Qt ; `resetAndDestroy()` enverrait un RST. */
  #lacherNatif(): void {
    clearTimeout(this.#minuterie)
    this.#natif?.destroy()
    this.#natif = null
    this.#finDuPair = false
  }

  #oublierDonnees(): void {
    this.#oublierLectures()
    this.#oublierEcritures()
  }

  #oublierLectures(): void {
    this.#recus.vider()
    this.#aAnnoncer = 0
  }

  #oublierEcritures(): void {
    this.#aEcrire = []
    this.#octetsAEcrire = 0
    this.#octetsEnCours = 0
  }

  protected override liberer(): void {
    if (this.state() !== UnconnectedState) this.abort()
  }

  // ---- adresses

  #retenirAdresses(natif: Socket): void {
    this.#adresseLocale = new QHostAddress(natif.localAddress)
    this.#portLocal = natif.localPort ?? 0
    this.#adressePair = new QHostAddress(natif.remoteAddress)
    this.#portPair = natif.remotePort ?? 0
  }

  #oublierAdresses(): void {
    this.#adresseLocale = new QHostAddress()
    this.#portLocal = 0
    this.#adressePair = new QHostAddress()
    this.#portPair = 0
  }

  localAddress(): QHostAddress {
    return this.#adresseLocale
  }

  localPort(): number {
    return this.#portLocal
  }

  peerAddress(): QHostAddress {
    return this.#adressePair
  }

  peerPort(): number {
    return this.#portPair
  }

  /** Le nom donné à `connectToHost()` ; vide du côté du serveur. */
  peerName(): string {
    return this.#hote
  }
}
