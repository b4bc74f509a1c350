import { exigerDonnees, exigerNombre, exigerPort } from './arguments.ts'
import { destinationConnue, estDiffusion } from './diffusions.ts'
import { BindFlag, SocketState } from './enumeration.ts'
import { EnvoiUdp } from './envoi-udp.ts'
import { ENVOI_IMPOSSIBLE, type Erreur, erreurDAssociation, RIEN_A_LIRE } from './erreurs.ts'
import { MoteurUdp } from './moteur-udp.ts'
import { annoncerSocket } from './observation.ts'
import { qWarning } from './qdebug.ts'
import { adresseLiee, exigerAdresse, QHostAddress } from './qhostaddress.ts'
import { datagrammeRecu, QNetworkDatagram } from './qnetworkdatagram.ts'
import type { DatagrammeLu } from './reception-udp.ts'
import { ReglagesUdp } from './reglages-udp.ts'
import { emettre } from './signal.ts'

const { UnconnectedState, BoundState, ClosingState } = SocketState

const VIDE = Buffer.alloc(0)

/**
 * Un socket UDP : des datagrammes entiers, sans connexion, sans garantie d'arrivée. Ses options et ses groupes viennent
 * de `ReglagesUdp`.
 *
 * Sous le capot : un socket `dgram` neuf par `bind()`, derrière le même objet. Node donne les datagrammes un à un ;
 * ils attendent dans une file, comme dans le noyau, et un `readyRead` au plus par tour de boucle les annonce.
 * https://doc.qt.io/qt-6/qudpsocket.html
 */
export class QUdpSocket extends ReglagesUdp {
  #envoi: EnvoiUdp | null = null
  /** Comme dans Qt, un `abort()` marque le socket : les `close()` suivants sont aussi brusques. */
  #abandonne = false

  // ---- association

  /**
   * Réserve un port, sur toutes les interfaces ou sur une adresse ; la réponse est immédiate.
   * @param port 0 laisse le système choisir : `localPort()` le dit.
   * @param mode `BindFlag` combinés par `|`. Avec `ShareAddress`, plusieurs sockets partagent le port s'ils le
   * demandent tous : un envoi direct ne va qu'au dernier, une diffusion va à tous.
   * @returns Faux en cas d'échec, et `errorOccurred` est émis : le socket garde sa famille d'adresses et sa première
   * erreur jusqu'à ce qu'un `bind()` réussi soit fermé.
   */
  bind(port?: number, mode?: number): boolean
  bind(adresse: QHostAddress, port?: number, mode?: number): boolean
  bind(premier: QHostAddress | number = QHostAddress.Any, deuxieme?: number, troisieme?: number): boolean {
    const [adresse, port, mode] =
      typeof premier === 'number'
        ? [QHostAddress.Any, premier, deuxieme]
        : [premier, deuxieme ?? 0, troisieme]
    const appel = 'QUdpSocket.bind(adresse, port, mode)'
    exigerAdresse(adresse, appel)
    const portVoulu = exigerPort(port, appel)
    exigerNombre(mode ?? 0, appel, 'le mode')
    if (this.state() !== UnconnectedState) {
      qWarning('QNativeSocketEngine::bind() was not called in QAbstractSocket::UnconnectedState')
      this.signalerErreur(this.moteur!.erreur)
      return false
    }
    this.moteur ??= new MoteurUdp(adresse)
    const moteur = this.moteur
    const echec = moteur.associer(adresse, portVoulu, mode ?? BindFlag.DefaultForPlatform)
    if (echec !== null) {
      this.#refuser(erreurDAssociation(echec))
      return false
    }
    this.#envoi = new EnvoiUdp(moteur, () => {
      if (moteur === this.moteur) this.#refuser(ENVOI_IMPOSSIBLE)
    })
    annoncerSocket(this, moteur.natif!)
    this.reception.place = moteur.natif!.getRecvBufferSize()
    moteur.natif!.on('message', (donnees, source) => {
      if (moteur === this.moteur) this.reception.ajouter(donnees, source)
    })
    this.changerEtat(BoundState)
    return true
  }

  /** Annonce une erreur, ou celle d'avant : le moteur de Qt garde la première. */
  #refuser(erreur: Erreur): void {
    this.signalerErreur(this.moteur!.noter(erreur))
  }

  /** Toujours faux : un socket UDP associé n'est pas un flux ouvert, et ses datagrammes se lisent pourtant. */
  isOpen(): boolean {
    return false
  }

  isValid(): boolean {
    return this.moteur !== null
  }

  // ---- envoi

  /**
   * Envoie un datagramme. Un socket non associé l'est d'abord à un port au choix du système.
   * Le nombre rendu dit que le système a pris le datagramme, pas qu'il arrivera. Seule différence avec Qt : une
   * erreur de route arrive plus tard, par `errorOccurred(NetworkError)`.
   * @returns Le nombre d'octets envoyés, ou -1 (trop grand, port 0, famille d'adresse impossible).
   */
  writeDatagram(datagramme: QNetworkDatagram): number
  writeDatagram(donnees: string | Uint8Array, hote: QHostAddress, port: number): number
  writeDatagram(
    contenu: QNetworkDatagram | string | Uint8Array,
    hote: QHostAddress = new QHostAddress(),
    port = 0,
  ): number {
    if (contenu instanceof QNetworkDatagram) {
      if (this.moteur?.doublePile && estDiffusion(contenu.senderAddress())) {
        // Le système refuse de parler au nom d'une adresse de diffusion écrite en IPv6.
        this.#refuser(ENVOI_IMPOSSIBLE)
        return -1
      }
      return this.writeDatagram(contenu.data(), contenu.destinationAddress(), contenu.destinationPort())
    }
    const appel = 'QUdpSocket.writeDatagram(donnees, adresse, port)'
    const octets = exigerDonnees(contenu, appel)
    exigerAdresse(hote, appel)
    exigerNombre(port, appel, 'le port')
    this.moteur ??= new MoteurUdp(QHostAddress.Any)
    if (this.#envoi === null) this.bind()
    if (this.#envoi === null) return -1
    const refus = this.#envoi.envoyer(octets, hote, port)
    if (refus !== null) {
      this.#refuser(refus)
      return -1
    }
    emettre(this.bytesWritten, octets.length)
    return octets.length
  }

  // ---- réception

  hasPendingDatagrams(): boolean {
    return this.attache('hasPendingDatagrams') !== null && !this.reception.vide
  }

  /** Taille du prochain datagramme en octets, -1 s'il n'y en a pas. */
  pendingDatagramSize(): number {
    return this.attache('pendingDatagramSize') === null ? -1 : this.reception.tailleDuPremier
  }

  /** Taille du prochain datagramme en octets ; 0 s'il n'y en a pas. */
  bytesAvailable(): number {
    return Math.max(this.reception.tailleDuPremier, 0)
  }

  /** Lit un datagramme. Au-delà de `max` octets, la fin de CE datagramme est perdue. */
  readDatagram(max = Number.POSITIVE_INFINITY): DatagrammeLu {
    exigerNombre(max, 'QUdpSocket.readDatagram(max)', 'la taille')
    if (this.attache('readDatagram') !== null) {
      const lu = this.reception.retirer(max)
      if (lu !== null) return lu
      this.signalerErreur(RIEN_A_LIRE)
    }
    return { size: -1, data: VIDE, address: new QHostAddress(), port: 0 }
  }

  /**
   * Lit un datagramme avec son enveloppe ; invalide s'il n'y en a pas. Au-delà de `max` octets, la fin est perdue.
   * Sans `max`, ne rien trouver n'est pas une erreur ; avec, `errorOccurred` est émis.
   */
  receiveDatagram(max = -1): QNetworkDatagram {
    exigerNombre(max, 'QUdpSocket.receiveDatagram(max)', 'la taille')
    const natif = this.attache('receiveDatagram')
    if (natif === null) return new QNetworkDatagram()
    const lu = this.reception.retirer(max < 0 ? Number.POSITIVE_INFINITY : max)
    if (lu !== null) {
      const { port } = this.moteur!
      const adresse = destinationConnue(lu.port, port, lu.data)
      return datagrammeRecu(lu.data, lu.address, lu.port, adresse === null ? null : { adresse, port })
    }
    if (max >= 0) this.signalerErreur(this.moteur!.erreur)
    return new QNetworkDatagram()
  }

  // ---- fermeture et adresses

  /** Libère le port ; les datagrammes pas encore lus sont perdus. */
  close(): void {
    if (this.state() === UnconnectedState) return
    if (!this.#abandonne) this.changerEtat(ClosingState)
    this.#detacher()
  }

  /** `close()`, sans passer par ClosingState ni émettre `disconnected`. */
  abort(): void {
    if (this.state() === UnconnectedState) return
    this.#abandonne = true
    this.#detacher()
  }

  #detacher(): void {
    const enFermeture = this.state() === ClosingState
    this.#lacherMoteur()
    this.changerEtat(UnconnectedState)
    emettre(this.readChannelFinished)
    if (enFermeture) emettre(this.disconnected)
  }

  #lacherMoteur(): void {
    this.moteur?.fermer()
    this.moteur = null
    this.#envoi = null
    this.oublierInterface()
    this.reception.vider()
  }

  localAddress(): QHostAddress {
    const { natif = null, doublePile = false } = this.moteur ?? {}
    return natif === null ? new QHostAddress() : adresseLiee(natif.address().address, doublePile)
  }

  localPort(): number {
    return this.moteur?.natif?.address().port ?? 0
  }

  /** Un slot de la fin a pu rattacher le socket : il disparaît avec l'objet, sans un mot. */
  protected override liberer(): void {
    this.abort()
    this.#lacherMoteur()
    this.poserEtat(UnconnectedState)
  }
}
