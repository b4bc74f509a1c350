import type { Socket } from 'node:dgram'
import { SocketOption } from './enumeration.ts'

const { MulticastTtlOption, MulticastLoopbackOption } = SocketOption
const { ReceiveBufferSizeSocketOption, SendBufferSizeSocketOption } = SocketOption

/**
 * Les options d'un socket UDP. Node sait les régler, pas toutes les lire : ce qui a été réglé est retenu, et vaut aussi
 * pour un socket que le système n'a pas encore.
 * https://doc.qt.io/qt-6/qabstractsocket.html#SocketOption-enum
 */
export class OptionsUdp {
  #natif: Socket | null = null
  readonly #valeurs = new Map<SocketOption, number>()

  /** Donne au socket du système ce qui a été réglé avant lui. */
  brancher(natif: Socket): void {
    const avant = [...this.#valeurs]
    this.#natif = natif
    for (const [option, valeur] of avant) this.regler(option, valeur)
  }

  /** Règle une option ; une valeur que le système refuse ne change rien. */
  regler(option: SocketOption, valeur: number): void {
    const retenue = option === MulticastTtlOption && valeur === -1 ? 1 : valeur
    const admise = option !== MulticastTtlOption || (retenue >= 0 && retenue <= 255)
    if (admise && this.#essayer(option, retenue)) this.#valeurs.set(option, retenue)
  }

  #essayer(option: SocketOption, valeur: number): boolean {
    const natif = this.#natif
    if (natif === null) return true
    try {
      if (option === MulticastTtlOption) natif.setMulticastTTL(valeur)
      else if (option === MulticastLoopbackOption) natif.setMulticastLoopback(valeur !== 0)
      // Zéro demande la plus petite place possible ; pour Node, il demanderait de ne rien changer.
      else if (option === ReceiveBufferSizeSocketOption) natif.setRecvBufferSize(valeur || 1)
      else if (option === SendBufferSizeSocketOption) natif.setSendBufferSize(valeur || 1)
      else return false
      return true
    } catch {
      return false
    }
  }

  /** La valeur d'une option, ou `null` si elle ne se lit pas. */
  lire(option: SocketOption): number | null {
    if (option === MulticastTtlOption) return this.#valeurs.get(option) ?? 1
    if (option === MulticastLoopbackOption) return (this.#valeurs.get(option) ?? 1) === 0 ? 0 : 1
    if (option === ReceiveBufferSizeSocketOption) return this.#natif?.getRecvBufferSize() ?? null
    if (option === SendBufferSizeSocketOption) return this.#natif?.getSendBufferSize() ?? null
    return null
  }
}
