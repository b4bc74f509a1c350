import { QObject } from './qobject.ts'
import { emettre, Signal } from './signal.ts'

/** Une minuterie. https://doc.qt.io/qt-6/qtimer.html */
export class QTimer extends QObject {
  /** Émis à chaque échéance. */
  readonly timeout: Signal = new Signal(this)

  #minuterie: NodeJS.Timeout | null = null
  #intervalle = 0
  #uneFois = false

  /** Appelle `slot` une fois, après `ms` millisecondes. */
  static singleShot(ms: number, slot: () => void): void {
    setTimeout(slot, ms)
  }

  /** Démarre, ou redémarre, avec un intervalle en millisecondes. */
  start(ms: number = this.#intervalle): void {
    this.stop()
    this.#intervalle = ms
    this.#minuterie = setInterval(() => {
      if (this.#uneFois) this.stop()
      emettre(this.timeout)
    }, ms)
  }

  stop(): void {
    if (this.#minuterie !== null) clearInterval(this.#minuterie)
    this.#minuterie = null
  }

  isActive(): boolean {
    return this.#minuterie !== null
  }

  /** Intervalle en millisecondes. */
  interval(): number {
    return this.#intervalle
  }

  setInterval(ms: number): void {
    this.#intervalle = ms
    if (this.isActive()) this.start(ms)
  }

  setSingleShot(uneFois: boolean): void {
    this.#uneFois = uneFois
  }

  protected override liberer(): void {
    this.stop()
  }
}
