import { createSocket, type Socket } from 'node:dgram'
import { BindFlag, NetworkLayerProtocol, SocketState } from './enumeration.ts'
import {
  DATAGRAMME_TROP_GRAND,
  ENVOI_IMPOSSIBLE,
  type Erreur,
  erreurDAssociation,
  INCONNUE,
  RIEN_A_LIRE,
} from './erreurs.ts'
import { FileUdp } from './file-udp.ts'
import { changerDeGroupe, interfaceNode, reussit } from './multidiffusion.ts'
import { QAbstractSocket } from './qabstractsocket.ts'
import { qWarning } from './qdebug.ts'
import { QHostAddress } from './qhostaddress.ts'
import { datagrammeRecu, QNetworkDatagram } from './qnetworkdatagram.ts'
import { emettre } from './signal.ts'
import { enOctets } from './texte.ts'

const { UnconnectedState, BoundState, ClosingState } = SocketState
const { AnyIPProtocol, IPv4Protocol, IPv6Protocol } = NetworkLayerProtocol

/** Données au plus dans un datagramme, en octets : 65 535 moins les en-têtes (RFC 768, RFC 791, RFC 8200). */
const MAX_IPV4 = 65_507
const MAX_IPV6 = 65_527

/** Début d'une adresse IPv4 écrite en IPv6 (RFC 4291, 2.5.5.2). */
const IPV4_EN_IPV6 = '::ffff:'

const VIDE = Buffer.alloc(0)

/** Ce que rend `readDatagram()` : dans Qt, `size` est la valeur rendue et le reste va dans les arguments. */
export interface DatagrammeLu {
  /** Nombre d'octets lus, -1 s'il n'y avait aucun datagramme. */
  size: number
  data: Buffer
  address: QHostAddress
  port: number
}

/**
 * Un socket UDP : des datagrammes entiers, sans connexion, sans garantie d'arrivée.
 *
 * Sous le capot : un socket `dgram` dont la résolution de noms est remplacée par une fonction immédiate (une
 * adresse n'en a pas besoin), ce qui permet à `bind()` de répondre tout de suite, comme dans Qt.
 * https://doc.qt.io/qt-6/qudpsocket.html
 */
export class QUdpSocket extends QAbstractSocket {
  #natif: Socket | null = null
  #famille: 4 | 6 = 6
  #doublePile = false
  #place = 0
  readonly #recus = new FileUdp()
  #expediteur = new QHostAddress()
  #dernierHote: QHostAddress | null = null
  #destination: string | null = null
  /** L'issue d'un envoi de ce tour est déjà attendue : une route coupée ne s'annonce qu'une fois par tour. */
  #surveille = false
  /** Des datagrammes sont annoncés et aucun n'a été lu depuis : pas d'autre `readyRead`. */
  #annonces = false
  #annonceProgrammee = false
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
    const protocole = adresse.protocol()
    let echec = this.#ouvrir(adresse, port & 0xffff, mode)
    if (protocole === AnyIPProtocol && echec === 'EAFNOSUPPORT') {
      echec = this.#ouvrir(QHostAddress.AnyIPv4, port & 0xffff, mode)
    }
    if (echec !== null) {
      this.signalerErreur(erreurDAssociation(echec))
      return false
    }
    this.changerEtat(BoundState)
    return true
  }

  /** @returns `null`, ou le code d'erreur du système. */
  #ouvrir(adresse: QHostAddress, port: number, mode: number): string | null {
    const protocole = adresse.protocol()
    const famille = protocole === IPv6Protocol || protocole === AnyIPProtocol ? 6 : 4
    const natif = createSocket({
      type: famille === 6 ? 'udp6' : 'udp4',
      reuseAddr: (mode & (BindFlag.ShareAddress | BindFlag.ReuseAddressHint)) !== 0,
      ipv6Only: famille === 6 && adresse.equals(QHostAddress.AnyIPv6),
      lookup: (hote, _options, suite) => suite(null, hote, famille),
    })
    let echec: string | null = null
    natif.on('error', (erreur: NodeJS.ErrnoException) => {
      echec = erreur.code ?? ''
    })
    const texte = protocole === AnyIPProtocol ? '::' : adresse.isNull() ? '0.0.0.0' : adresse.toString()
    natif.bind({ address: texte, port, exclusive: true })
    if (echec !== null) {
      natif.close()
      return echec
    }
    this.#natif = natif
    this.#dernierHote = null
    this.#surveille = false
    this.#famille = famille
    this.#doublePile = protocole === AnyIPProtocol
    this.#place = natif.getRecvBufferSize()
    natif.setBroadcast(true)
    natif.on('message', (donnees, { address, port: portSource }) => {
      if (natif !== this.#natif) return
      this.#recus.ajouter({ donnees, adresse: address, port: portSource }, this.#place)
      this.#programmerAnnonce()
    })
    return null
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
      return this.#envoyer(contenu.data(), contenu.destinationAddress(), contenu.destinationPort())
    }
    return this.#envoyer(enOctets(contenu), hote, port)
  }

  #envoyer(octets: Uint8Array, hote: QHostAddress, port: number): number {
    if (this.#natif === null && !this.bind()) return -1
    const natif = this.#natif!
    // On écrit souvent plusieurs fois de suite au même hôte : sa forme pour Node n'est calculée qu'une fois.
    if (hote !== this.#dernierHote) {
      this.#dernierHote = hote
      this.#destination = this.#formeNode(hote)
      this.#surveille = false
    }
    const destination = this.#destination
    if (destination === null) return this.#refuser(ENVOI_IMPOSSIBLE)
    if (octets.length > MAX_IPV4 && octets.length > tailleMax(destination))
      return this.#refuser(DATAGRAMME_TROP_GRAND)
    if (port <= 0 || port > 0xffff) return this.#refuser(ENVOI_IMPOSSIBLE)
    natif.send(octets, port, destination, this.#surveille ? undefined : this.#apresEnvoi)
    this.#surveille = true
    emettre(this.bytesWritten, octets.length)
    return octets.length
  }

  /** Appelée par Node après l'envoi ; une erreur, alors, vient de la route. */
  readonly #apresEnvoi = (erreur: Error | null): void => {
    this.#surveille = false
    if (erreur !== null && this.#natif !== null) this.signalerErreur(ENVOI_IMPOSSIBLE)
  }

  #refuser(erreur: Erreur): -1 {
    this.signalerErreur(erreur)
    return -1
  }

  /** L'adresse à donner à Node, ou `null` si ce socket ne peut pas l'atteindre. */
  #formeNode(hote: QHostAddress): string | null {
    const protocole = hote.protocol()
    // Une adresse nulle, comme dans Qt, désigne la machine elle-même : un piège, `isNull()` le révèle.
    if (hote.isNull()) return this.#famille === 6 ? '::' : '0.0.0.0'
    if (this.#famille === 4) return protocole === IPv4Protocol ? hote.toString() : null
    if (protocole === AnyIPProtocol || hote.equals(QHostAddress.AnyIPv4)) return '::'
    const adresse = protocole === IPv4Protocol ? IPV4_EN_IPV6 + hote.toString() : hote.toString()
    return adresse.startsWith(IPV4_EN_IPV6) && !this.#doublePile ? null : adresse
  }

  // ---- réception

  hasPendingDatagrams(): boolean {
    return this.#lie('hasPendingDatagrams') && !this.#recus.vide
  }

  /** Taille du prochain datagramme en octets, -1 s'il n'y en a pas. */
  pendingDatagramSize(): number {
    return this.#lie('pendingDatagramSize') ? (this.#recus.premier()?.donnees.length ?? -1) : -1
  }

  /** Lit un datagramme. Au-delà de `max` octets, la fin de CE datagramme est perdue. */
  readDatagram(max = Number.POSITIVE_INFINITY): DatagrammeLu {
    const lie = this.#lie('readDatagram')
    const lu = lie ? this.#retirer(max) : null
    if (lu !== null) return lu
    if (lie) this.signalerErreur(RIEN_A_LIRE)
    return { size: -1, data: VIDE, address: new QHostAddress(), port: 0 }
  }

  /** Lit un datagramme avec son enveloppe ; invalide s'il n'y en a pas. Au-delà de `max` octets, la fin est perdue. */
  receiveDatagram(max = Number.POSITIVE_INFINITY): QNetworkDatagram {
    if (!this.#lie('receiveDatagram')) return new QNetworkDatagram()
    const lu = this.#retirer(max < 0 ? Number.POSITIVE_INFINITY : max)
    return lu === null ? new QNetworkDatagram() : datagrammeRecu(lu.data, lu.address, lu.port)
  }

  #retirer(max: number): DatagrammeLu | null {
    const recu = this.#recus.retirer()
    this.#annonces = false
    if (!this.#recus.vide) this.#programmerAnnonce()
    if (recu === undefined) return null
    const data = recu.donnees.length > max ? recu.donnees.subarray(0, max) : recu.donnees
    // Les datagrammes qui se suivent viennent souvent du même hôte : son adresse n'est lue qu'une fois.
    if (this.#expediteur.toString() !== recu.adresse) this.#expediteur = new QHostAddress(recu.adresse)
    return { size: data.length, data, address: this.#expediteur, port: recu.port }
  }

  #lie(methode: string): boolean {
    if (this.#natif === null) {
      qWarning(`QUdpSocket::${methode}() called on a QUdpSocket when not in QUdpSocket::BoundState`)
    }
    return this.#natif !== null
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
      if (this.#annonces || this.#recus.vide) return
      this.#annonces = true
      emettre(this.readyRead)
    })
  }

  /** Place que le système réserve aux datagrammes reçus et pas encore lus, en octets. */
  receiveBufferSize(): number {
    return this.#natif?.getRecvBufferSize() ?? 0
  }

  /** Demande une autre place, en octets ; le système peut la limiter, et Linux la double. */
  setReceiveBufferSize(octets: number): void {
    const natif = this.#natif
    if (natif === null) return
    reussit(() => natif.setRecvBufferSize(octets))
    this.#place = natif.getRecvBufferSize()
  }

  // ---- multidiffusion

  /**
   * Rejoint un groupe, sur l'interface nommée (`lo`, `eth0`) ou au choix du système. Le socket doit être associé à
   * `QHostAddress.AnyIPv4` pour un groupe IPv4.
   */
  joinMulticastGroup(groupe: QHostAddress, interface_?: string): boolean {
    return this.#changerDeGroupe('addMembership', 'joinMulticastGroup', groupe, interface_)
  }

  leaveMulticastGroup(groupe: QHostAddress, interface_?: string): boolean {
    return this.#changerDeGroupe('dropMembership', 'leaveMulticastGroup', groupe, interface_)
  }

  #changerDeGroupe(
    methode: 'addMembership' | 'dropMembership',
    nom: string,
    groupe: QHostAddress,
    interface_: string | undefined,
  ): boolean {
    if (!this.#lie(nom)) return false
    const famille = groupe.protocol() === IPv4Protocol ? 4 : 6
    if (famille === 4 && this.#famille === 6 && methode === 'addMembership') {
      qWarning(
        'QAbstractSocket: cannot bind to QHostAddress::Any (or an IPv6 address) and join an IPv4 multicast group; ' +
          'bind to QHostAddress::AnyIPv4 instead if you want to do this',
      )
      return false
    }
    return changerDeGroupe(this.#natif!, methode, groupe.toString(), interface_, famille)
  }

  /** Interface d'où partent les datagrammes d'un groupe, par son nom. */
  setMulticastInterface(nom: string): void {
    const natif = this.#natif
    const designee = interfaceNode(nom, this.#famille)
    if (natif !== null && designee !== undefined) reussit(() => natif.setMulticastInterface(designee))
  }

  /** Nombre de routeurs qu'un datagramme de groupe peut traverser, plus un ; 1 au départ : il reste sur le réseau local. */
  setMulticastTtl(sauts: number): void {
    const natif = this.#natif
    if (natif !== null) reussit(() => natif.setMulticastTTL(sauts))
  }

  /** Faux : les datagrammes envoyés à un groupe ne reviennent pas sur cette machine. */
  setMulticastLoopback(retour: boolean): void {
    const natif = this.#natif
    if (natif !== null) reussit(() => natif.setMulticastLoopback(retour))
  }

  // ---- fermeture et adresses

  /** Libère le port ; les datagrammes pas encore lus sont perdus. */
  close(): void {
    if (this.#natif === null) return
    if (!this.#abandonne) this.changerEtat(ClosingState)
    this.#liberer()
  }

  /** `close()`, sans passer par ClosingState ni émettre `disconnected`. */
  abort(): void {
    if (this.#natif === null) return
    this.#abandonne = true
    this.#liberer()
  }

  #liberer(): void {
    const enFermeture = this.state() === ClosingState
    this.#natif?.close()
    this.#natif = null
    this.#recus.vider()
    this.#annonces = false
    this.changerEtat(UnconnectedState)
    emettre(this.readChannelFinished)
    if (enFermeture) emettre(this.disconnected)
  }

  localAddress(): QHostAddress {
    if (this.#natif === null) return new QHostAddress()
    return QAbstractSocket.adresseLocale(this.#natif.address().address, this.#doublePile)
  }

  localPort(): number {
    return this.#natif?.address().port ?? 0
  }

  protected override liberer(): void {
    this.abort()
  }
}

/** Taille maximale des données d'un datagramme vers cette adresse, en octets. */
function tailleMax(destination: string): number {
  return destination.includes(':') && !destination.startsWith(IPV4_EN_IPV6) ? MAX_IPV6 : MAX_IPV4
}
