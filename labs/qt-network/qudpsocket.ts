import { type Association, associer, reussit } from './association-udp.ts'
import { BindFlag, SocketState } from './enumeration.ts'
import { EnvoiUdp } from './envoi-udp.ts'
import { ENVOI_IMPOSSIBLE, erreurDAssociation, INCONNUE, RIEN_A_LIRE } from './erreurs.ts'
import { changerDeGroupe, choisirInterface } from './multidiffusion-udp.ts'
import { QAbstractSocket } from './qabstractsocket.ts'
import { qWarning } from './qdebug.ts'
import { adresseLiee, QHostAddress } from './qhostaddress.ts'
import { datagrammeRecu, QNetworkDatagram } from './qnetworkdatagram.ts'
import { type DatagrammeLu, ReceptionUdp } from './reception-udp.ts'
import { emettre } from './signal.ts'
import { enOctets } from './texte.ts'

const { UnconnectedState, BoundState, ClosingState } = SocketState

const VIDE = Buffer.alloc(0)

/**
 * Un socket UDP : des datagrammes entiers, sans connexion, sans garantie d'arrivée.
 *
 * Sous le capot : un socket `dgram` neuf par `bind()`, derrière le même objet. Node donne les datagrammes un à un ;
 * ils attendent dans une file, comme dans le noyau, et un `readyRead` au plus par tour de boucle les annonce.
 * https://doc.qt.io/qt-6/qudpsocket.html
 */
export class QUdpSocket extends QAbstractSocket {
  #association: Association | null = null
  #envoi: EnvoiUdp | null = null
  readonly #reception = new ReceptionUdp(this.readyRead)
  /** Comme dans Qt, un `abort()` marque le socket : les `close()` suivants sont aussi brusques. */
  #abandonne = false

  // ---- association

  /**
   * Réserve un port ; la réponse est immédiate.
   * @param port 0 laisse le système choisir : `localPort()` le dit.
   * @param mode `BindFlag` combinés par `|`. Avec `ShareAddress`, plusieurs sockets partagent le port s'ils le
   * demandent tous : un envoi direct ne va qu'au dernier, une diffusion va à tous.
   * @returns Faux en cas d'échec, et `errorOccurred` est émis.
   */
  bind(
    adresse: QHostAddress = QHostAddress.Any,
    port = 0,
    mode: number = BindFlag.DefaultForPlatform,
  ): boolean {
    if (this.state() !== UnconnectedState) {
      qWarning('QNativeSocketEngine::bind() was not called in QAbstractSocket::UnconnectedState')
      this.signalerErreur(INCONNUE)
      return false
    }
    const association = associer(adresse, port & 0xffff, mode)
    if (typeof association === 'string') {
      this.signalerErreur(erreurDAssociation(association))
      return false
    }
    this.#association = association
    this.#envoi = new EnvoiUdp(association, () => {
      if (this.#association !== null) this.signalerErreur(ENVOI_IMPOSSIBLE)
    })
    this.#reception.place = association.natif.getRecvBufferSize()
    association.natif.on('message', (donnees, source) => {
      if (association === this.#association) this.#reception.ajouter(donnees, source)
    })
    this.changerEtat(BoundState)
    return true
  }

  /** Le socket attaché, ou `null` avec l'avertissement de Qt. */
  #attache(methode: string): Association | null {
    if (this.#association === null) {
      qWarning(`QUdpSocket::${methode}() called on a QUdpSocket when not in QUdpSocket::BoundState`)
    }
    return this.#association
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
      return this.writeDatagram(contenu.data(), contenu.destinationAddress(), contenu.destinationPort())
    }
    if (this.#envoi === null) this.bind()
    if (this.#envoi === null) return -1
    const octets = enOctets(contenu)
    const refus = this.#envoi.envoyer(octets, hote, port)
    if (refus !== null) {
      this.signalerErreur(refus)
      return -1
    }
    emettre(this.bytesWritten, octets.length)
    return octets.length
  }

  // ---- réception

  hasPendingDatagrams(): boolean {
    return this.#attache('hasPendingDatagrams') !== null && !this.#reception.vide
  }

  /** Taille du prochain datagramme en octets, -1 s'il n'y en a pas. */
  pendingDatagramSize(): number {
    return this.#attache('pendingDatagramSize') === null ? -1 : this.#reception.tailleDuPremier
  }

  /** Lit un datagramme. Au-delà de `max` octets, la fin de CE datagramme est perdue. */
  readDatagram(max = Number.POSITIVE_INFINITY): DatagrammeLu {
    if (this.#attache('readDatagram') !== null) {
      const lu = this.#reception.retirer(max)
      if (lu !== null) return lu
      this.signalerErreur(RIEN_A_LIRE)
    }
    return { size: -1, data: VIDE, address: new QHostAddress(), port: 0 }
  }

  /** Lit un datagramme avec son enveloppe ; invalide s'il n'y en a pas. Au-delà de `max` octets, la fin est perdue. */
  receiveDatagram(max = Number.POSITIVE_INFINITY): QNetworkDatagram {
    if (this.#attache('receiveDatagram') === null) return new QNetworkDatagram()
    const lu = this.#reception.retirer(max < 0 ? Number.POSITIVE_INFINITY : max)
    return lu === null ? new QNetworkDatagram() : datagrammeRecu(lu.data, lu.address, lu.port)
  }

  /** Place que le système réserve aux datagrammes reçus et pas encore lus, en octets. */
  receiveBufferSize(): number {
    return this.#association?.natif.getRecvBufferSize() ?? 0
  }

  /** Demande une autre place, en octets ; le système peut la limiter, et Linux la double. */
  setReceiveBufferSize(octets: number): void {
    const natif = this.#association?.natif
    if (natif === undefined) return
    reussit(() => natif.setRecvBufferSize(octets))
    this.#reception.place = natif.getRecvBufferSize()
  }

  // ---- multidiffusion

  /**
   * Rejoint un groupe, sur l'interface nommée (`lo`, `eth0`) ou au choix du système. Le socket doit être associé à
   * `QHostAddress.AnyIPv4` pour un groupe IPv4.
   */
  joinMulticastGroup(groupe: QHostAddress, interface_?: string): boolean {
    const association = this.#attache('joinMulticastGroup')
    return association !== null && changerDeGroupe(association, 'addMembership', groupe, interface_)
  }

  leaveMulticastGroup(groupe: QHostAddress, interface_?: string): boolean {
    const association = this.#attache('leaveMulticastGroup')
    return association !== null && changerDeGroupe(association, 'dropMembership', groupe, interface_)
  }

  /** Interface d'où partent les datagrammes d'un groupe, par son nom. */
  setMulticastInterface(nom: string): void {
    if (this.#association !== null) choisirInterface(this.#association, nom)
  }

  /** Nombre de routeurs qu'un datagramme de groupe peut traverser, plus un ; 1 au départ : il reste sur le réseau local. */
  setMulticastTtl(sauts: number): void {
    reussit(() => this.#association?.natif.setMulticastTTL(sauts))
  }

  /** Faux : les datagrammes envoyés à un groupe ne reviennent pas sur cette machine. */
  setMulticastLoopback(retour: boolean): void {
    reussit(() => this.#association?.natif.setMulticastLoopback(retour))
  }

  // ---- fermeture et adresses

  /** Libère le port ; les datagrammes pas encore lus sont perdus. */
  close(): void {
    if (this.#association === null) return
    if (!this.#abandonne) this.changerEtat(ClosingState)
    this.#detacher()
  }

  /** `close()`, sans passer par ClosingState ni émettre `disconnected`. */
  abort(): void {
    if (this.#association === null) return
    this.#abandonne = true
    this.#detacher()
  }

  #detacher(): void {
    const enFermeture = this.state() === ClosingState
    this.#association?.natif.close()
    this.#association = null
    this.#envoi = null
    this.#reception.vider()
    this.changerEtat(UnconnectedState)
    emettre(this.readChannelFinished)
    if (enFermeture) emettre(this.disconnected)
  }

  localAddress(): QHostAddress {
    if (this.#association === null) return new QHostAddress()
    const { natif, doublePile } = this.#association
    return adresseLiee(natif.address().address, doublePile)
  }

  localPort(): number {
    return this.#association?.natif.address().port ?? 0
  }

  protected override liberer(): void {
    this.abort()
  }
}
