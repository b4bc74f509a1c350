import type { Socket } from 'node:net'
import { exigerPort, refuser } from './arguments.ts'
import { EssaisDeConnexion } from './connexion-tcp.ts'
import { type SocketOption, SocketState } from './enumeration.ts'
import { DEJA_EN_COURS, type Erreur, FERME_PAR_LE_PAIR, HOTE_INTROUVABLE, INCONNUE } from './erreurs.ts'
import { FluxTcp } from './flux-tcp.ts'
import { annoncerSocket } from './observation.ts'
import { OptionsTcp } from './options-tcp.ts'
import { qWarning } from './qdebug.ts'
import { QHostAddress } from './qhostaddress.ts'
import { resoudre } from './resolution.ts'
import { emettre } from './signal.ts'

const { UnconnectedState, HostLookupState, ConnectingState, ConnectedState, ClosingState } = SocketState

/** Les adresses et les ports des deux bouts ; nuls et 0 sans connexion. */
function boutsDe(natif: Socket | null) {
  return {
    adresseLocale: new QHostAddress(natif?.localAddress),
    portLocal: natif?.localPort ?? 0,
    adressePair: new QHostAddress(natif?.remoteAddress),
    portPair: natif?.remotePort ?? 0,
  }
}

/** Ce qui désigne une connexion acceptée : un numéro dans Qt, ici le socket de Node, en pause. */
export type DescripteurDeSocket = Socket

/**
 * Une connexion TCP, côté client ou côté serveur : se connecter, échanger, fermer. Lire et écrire viennent de
 * `FluxTcp`.
 *
 * Sous le capot : un socket de Node neuf par tentative de connexion, derrière le même objet. Ce que Node annonce
 * morceau par morceau est regroupé : un `readyRead` et un envoi au plus par tour de boucle.
 * https://doc.qt.io/qt-6/qtcpsocket.html
 */
export class QTcpSocket extends FluxTcp {
  /**
   * Attente avant d'abandonner une adresse qui ne répond pas, en ms. Chaque adresse est essayée deux fois :
   * un hôte muet demande donc 60 s. Qt ne permet pas de la changer ; les labos, si.
   */
  static delaiConnexion = 30_000

  #hote = ''
  #essais: EssaisDeConnexion | null = null
  #natif: Socket | null = null
  #bouts = boutsDe(null)
  #fermetureDemandee = false
  /** Le système a un socket pour cet objet : dès le premier essai, et jusqu'à la fin de la connexion. */
  #valide = false
  readonly #options = new OptionsTcp()
  /** Change à chaque `connectToHost()` et à chaque fin : ce qui concerne la connexion d'avant se reconnaît. */
  #tentative = 0

  // ---- connexion

  /**
   * Demande la connexion et rend la main aussitôt ; la suite arrive par `connected` ou `errorOccurred`.
   * Tout de suite : `stateChanged(HostLookupState)` et, pour une adresse IP, `stateChanged(ConnectingState)` puis
   * `hostFound`. Un échec émet `stateChanged(UnconnectedState)` puis `errorOccurred`, jamais `disconnected`.
   */
  connectToHost(hote: string | QHostAddress, port: number): void {
    const appel = 'QTcpSocket.connectToHost(hote, port)'
    if (typeof hote !== 'string' && !(hote instanceof QHostAddress)) {
      refuser(appel, "l'hôte", 'un texte ou un QHostAddress', hote)
    }
    const portVoulu = exigerPort(port, appel)
    const nom = hote.toString()
    if (this.state() !== UnconnectedState) {
      qWarning(
        `QAbstractSocket::connectToHost() called when already looking up or connecting/connected to "${nom}"`,
      )
      this.signalerErreur(DEJA_EN_COURS)
      return
    }
    this.#hote = nom
    this.#fermetureDemandee = false
    this.ouvrirFlux()
    this.reception.vider()
    this.envoi.vider()
    this.#bouts = boutsDe(null)
    this.poserErreur(INCONNUE)
    const tentative = ++this.#tentative
    this.changerEtat(HostLookupState)
    resoudre(nom, (adresses) => {
      if (tentative === this.#tentative) this.#essayer(adresses, portVoulu)
    })
  }

  #essayer(adresses: string[], port: number): void {
    if (adresses.length === 0) {
      this.poserErreur(HOTE_INTROUVABLE)
      this.changerEtat(UnconnectedState)
      this.signalerErreur(HOTE_INTROUVABLE)
      return
    }
    const tentative = this.#tentative
    this.changerEtat(ConnectingState)
    emettre(this.hostFound)
    // Un slot a pu renoncer à cette connexion.
    if (tentative !== this.#tentative) return
    this.#valide = true
    this.#options.oublier()
    this.#essais = new EssaisDeConnexion(adresses, port, {
      delai: () => QTcpSocket.delaiConnexion,
      tenter: (natif) => annoncerSocket(this, natif),
      reussir: (natif) => this.#etablir(natif),
      echouer: (erreur) => this.#abandonner(erreur),
    })
    this.#essais.essayer()
  }

  /** Aucune adresse n'a répondu. Avec des données en attente, Qt ferme en plus le socket et les oublie. */
  #abandonner(erreur: Erreur): void {
    this.poserErreur(erreur)
    const tentative = ++this.#tentative
    this.changerEtat(UnconnectedState)
    this.signalerErreur(erreur)
    if (tentative !== this.#tentative || this.envoi.enAttente === 0) return
    this.envoi.vider()
    this.fermerFlux()
  }

  #etablir(natif: Socket): void {
    this.#prendre(natif)
    this.changerEtat(ConnectedState)
    emettre(this.connected)
    if (this.#fermetureDemandee) {
      this.#fermetureDemandee = false
      this.disconnectFromHost()
    }
    this.envoi.programmer()
  }

  /**
   * Fait de cet objet le bout d'une connexion acceptée : à appeler dans `incomingConnection()`.
   * https://doc.qt.io/qt-6/qabstractsocket.html#setSocketDescriptor
   */
  setSocketDescriptor(descripteur: DescripteurDeSocket): boolean {
    this.ouvrirFlux()
    this.#valide = true
    this.#prendre(descripteur)
    this.changerEtat(ConnectedState)
    descripteur.resume()
    return true
  }

  /** Fait d'un socket de Node connecté celui de cet objet. */
  #prendre(natif: Socket): void {
    this.#natif = natif
    annoncerSocket(this, natif)
    this.#options.brancher(natif)
    this.#bouts = boutsDe(natif)
    this.envoi.brancher(natif)
    // En fermeture, Qt ne lit plus rien : ni octets, ni fin du pair.
    const ecoute = (): boolean => natif === this.#natif && this.state() !== ClosingState
    natif.on('data', (morceau: Buffer) => {
      if (ecoute()) this.reception.ajouter(morceau)
    })
    natif.on('end', () => {
      if (ecoute()) this.reception.noterFin()
    })
    natif.on('error', () => {
      if (natif === this.#natif) this.subirRupture()
    })
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
    if (!this.#commencerFermeture()) return
    if (this.bytesToWrite() > 0) this.reception.taire()
    else this.#terminer()
  }

  /** `disconnectFromHost()`, et plus aucune lecture ni écriture : `aboutToClose` est émis, `isOpen()` devient faux. */
  close(): void {
    this.fermerFlux()
    this.disconnectFromHost()
  }

  /** Coupe tout de suite : ce qui n'est pas envoyé et ce qui n'est pas lu est perdu. */
  abort(): void {
    this.envoi.vider()
    this.fermerFlux()
    if (this.state() !== UnconnectedState) this.#terminer()
  }

  /** La fin venue du pair, ordinaire ou non : pour Qt c'est la même, dans les deux sens à la fois. */
  protected override subirFin(): void {
    const tentative = this.#tentative
    this.signalerErreur(FERME_PAR_LE_PAIR)
    // Un slot de errorOccurred a pu fermer ou rouvrir le socket : la suite ne le concerne plus.
    if (tentative !== this.#tentative) return
    if (this.#commencerFermeture()) this.#terminer()
  }

  protected override apresEnvoi(): void {
    if (this.state() === ClosingState) this.#terminer()
  }

  /** @returns Faux si un slot de `stateChanged` a terminé cette connexion. */
  #commencerFermeture(): boolean {
    const tentative = this.#tentative
    if (this.state() !== ClosingState) this.changerEtat(ClosingState)
    return tentative === this.#tentative
  }

  #terminer(): void {
    const etaitConnecte = this.state() === ConnectedState || this.state() === ClosingState
    const tentative = ++this.#tentative
    this.#lacherNatif()
    this.#valide = false
    this.changerEtat(UnconnectedState)
    emettre(this.readChannelFinished)
    if (etaitConnecte) emettre(this.disconnected)
    if (tentative !== this.#tentative) return
    this.#bouts = boutsDe(null)
    this.envoi.vider()
  }

  /** `destroy()` ferme le descripteur, comme `close(fd)` dans Qt ; `resetAndDestroy()` enverrait un RST. */
  #lacherNatif(): void {
    this.#essais?.arreter()
    this.#natif?.destroy()
    this.#natif = null
    this.envoi.brancher(null)
    this.#options.brancher(null)
    this.reception.taire()
  }

  /** Un slot de la fin a pu rouvrir une connexion : elle disparaît avec l'objet, sans un mot. */
  protected override liberer(): void {
    if (this.state() !== UnconnectedState) this.abort()
    this.#tentative += 1
    this.#lacherNatif()
    this.poserEtat(UnconnectedState)
  }

  override isValid(): boolean {
    return this.#valide || this.isOpen()
  }

  // ---- options

  /** `LowDelayOption` (chaque écriture part sans attendre) et `KeepAliveOption` ; Node ne règle pas les autres. */
  setSocketOption(option: SocketOption, valeur: number | boolean): void {
    if (this.#valide) this.#options.regler(option, Boolean(valeur))
  }

  socketOption(option: SocketOption): number | null {
    return this.#valide ? this.#options.lire(option) : null
  }

  // ---- adresses

  localAddress(): QHostAddress {
    return this.#bouts.adresseLocale
  }

  localPort(): number {
    return this.#bouts.portLocal
  }

  peerAddress(): QHostAddress {
    return this.#bouts.adressePair
  }

  peerPort(): number {
    return this.#bouts.portPair
  }

  /** Le nom donné à `connectToHost()` ; vide du côté du serveur. */
  peerName(): string {
    return this.#hote
  }
}
