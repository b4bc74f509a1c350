import type { Socket } from 'node:net'
import { SocketOption } from './enumeration.ts'

const { LowDelayOption, KeepAliveOption } = SocketOption

/**
 * Les options d'une connexion TCP que Node sait régler. Il ne les lit pas : ce qui a été réglé est retenu, et vaut aussi
 * pour une connexion qui n'est pas encore établie.
 * https://doc.qt.io/qt-6/qabstractsocket.html#SocketOption-enum
 */
export class OptionsTcp {
  #natif: Socket | null = null
  readonly #valeurs = new Map<SocketOption, boolean>([
    [LowDelayOption, false],
    [KeepAliveOption, false],
  ])

  /** Donne à la connexion établie ce qui a été réglé avant elle ; `null` quand elle est finie. */
  brancher(natif: Socket | null): void {
    this.#natif = natif
    for (const [option, active] of this.#valeurs) if (active) this.#appliquer(option, active)
  }

  /** Revient aux valeurs de départ, pour une nouvelle connexion. */
  oublier(): void {
    for (const option of this.#valeurs.keys()) this.#valeurs.set(option, false)
  }

  regler(option: SocketOption, active: boolean): void {
    if (!this.#valeurs.has(option)) return
    this.#valeurs.set(option, active)
    this.#appliquer(option, active)
  }

  #appliquer(option: SocketOption, active: boolean): void {
    if (option === LowDelayOption) this.#natif?.setNoDelay(active)
    else this.#natif?.setKeepAlive(active)
  }

  /** 1 ou 0, ou `null` si l'option ne se règle pas. */
  lire(option: SocketOption): number | null {
    const active = this.#valeurs.get(option)
    return active === undefined ? null : Number(active)
  }
}
