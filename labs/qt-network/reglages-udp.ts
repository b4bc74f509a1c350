import type { Socket } from 'node:dgram'
import { exigerNombre } from './arguments.ts'
import { SocketOption } from './enumeration.ts'
import type { MoteurUdp } from './moteur-udp.ts'
import { changerDeGroupe, choisirInterface } from './multidiffusion-udp.ts'
import { QAbstractSocket } from './qabstractsocket.ts'
import { qWarning } from './qdebug.ts'
import { exigerAdresse, type QHostAddress } from './qhostaddress.ts'
import { QNetworkInterface } from './qnetworkinterface.ts'
import { ReceptionUdp } from './reception-udp.ts'

/**
 * Ce qui se règle sur un `QUdpSocket` : les options du système et les groupes de multidiffusion.
 * https://doc.qt.io/qt-6/qudpsocket.html
 */
export abstract class ReglagesUdp extends QAbstractSocket {
  /** Le socket du système ; `null` avant le premier `bind()` et après la fermeture. */
  protected moteur: MoteurUdp | null = null
  protected readonly reception: ReceptionUdp = new ReceptionUdp(this.readyRead)
  #interfaceDeGroupe = new QNetworkInterface()

  /** Le socket attaché, ou `null` avec l'avertissement de Qt. */
  protected attache(methode: string): Socket | null {
    const natif = this.moteur?.natif ?? null
    if (natif === null) {
      qWarning(`QUdpSocket::${methode}() called on a QUdpSocket when not in QUdpSocket::BoundState`)
    }
    return natif
  }

  // ---- options

  setSocketOption(option: SocketOption, valeur: number | boolean): void {
    this.moteur?.options.regler(option, Number(valeur))
    const natif = this.moteur?.natif
    if (natif) this.reception.place = natif.getRecvBufferSize()
  }

  socketOption(option: SocketOption): number | null {
    return this.moteur?.options.lire(option) ?? null
  }

  /** Place que le système réserve aux datagrammes reçus et pas encore lus, en octets ; 0 avant `bind()`. */
  receiveBufferSize(): number {
    return this.socketOption(SocketOption.ReceiveBufferSizeSocketOption) ?? 0
  }

  /** Demande une autre place, en octets ; le système peut la limiter, et Linux la double. */
  setReceiveBufferSize(octets: number): void {
    exigerNombre(octets, 'QUdpSocket.setReceiveBufferSize(octets)', 'la taille')
    this.setSocketOption(SocketOption.ReceiveBufferSizeSocketOption, octets)
  }

  // ---- multidiffusion

  /**
   * Rejoint un groupe, sur l'interface nommée (`lo`, `eth0`) ou au choix du système. Le socket doit être associé à
   * `QHostAddress.AnyIPv4` pour un groupe IPv4.
   */
  joinMulticastGroup(groupe: QHostAddress, interface_?: string | QNetworkInterface): boolean {
    exigerAdresse(groupe, 'QUdpSocket.joinMulticastGroup(groupe)', 'le groupe')
    const natif = this.attache('joinMulticastGroup')
    return natif !== null && changerDeGroupe(this.moteur!, natif, 'addMembership', groupe, interface_)
  }

  leaveMulticastGroup(groupe: QHostAddress, interface_?: string | QNetworkInterface): boolean {
    exigerAdresse(groupe, 'QUdpSocket.leaveMulticastGroup(groupe)', 'le groupe')
    const natif = this.attache('leaveMulticastGroup')
    return natif !== null && changerDeGroupe(this.moteur!, natif, 'dropMembership', groupe, interface_)
  }

  /** Interface d'où partent les datagrammes d'un groupe ; sans effet avant `bind()` ou si elle n'existe pas. */
  setMulticastInterface(interface_: string | QNetworkInterface): void {
    const voulue = new QNetworkInterface(String(interface_))
    if (this.moteur?.natif == null || !voulue.isValid()) return
    if (choisirInterface(this.moteur, voulue.name())) this.#interfaceDeGroupe = voulue
  }

  /** Le système choisit de nouveau l'interface. */
  protected oublierInterface(): void {
    this.#interfaceDeGroupe = new QNetworkInterface()
  }

  /** L'interface choisie par `setMulticastInterface()` ; invalide quand le système choisit. */
  multicastInterface(): QNetworkInterface {
    return this.#interfaceDeGroupe
  }

  /** Nombre de routeurs qu'un datagramme de groupe peut traverser, plus un ; 1 au départ : il reste sur le réseau local. */
  setMulticastTtl(sauts: number): void {
    exigerNombre(sauts, 'QUdpSocket.setMulticastTtl(sauts)', 'le nombre de sauts')
    this.setSocketOption(SocketOption.MulticastTtlOption, sauts)
  }

  multicastTtl(): number {
    return this.socketOption(SocketOption.MulticastTtlOption) ?? 1
  }

  /** Faux : les datagrammes envoyés à un groupe ne reviennent pas sur cette machine. */
  setMulticastLoopback(retour: boolean): void {
    this.setSocketOption(SocketOption.MulticastLoopbackOption, retour)
  }

  multicastLoopback(): boolean {
    return this.socketOption(SocketOption.MulticastLoopbackOption) !== 0
  }
}
