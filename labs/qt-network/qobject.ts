import { detruits, emettre, Signal } from './signal.ts'

/**
 * La base des objets qui ont des signaux et un parent.
 * https://doc.qt.io/qt-6/qobject.html
 */
export abstract class QObject {
  /** Émis par `deleteLater()` quand l'objet disparaît. */
  readonly destroyed: Signal = new Signal(this)

  #parent: QObject | null
  readonly #enfants = new Set<QObject>()
  #suppressionDemandee = false

  /** Avec un parent, l'objet est détruit en même temps que lui. */
  constructor(parent: QObject | null = null) {
    this.#parent = parent
    if (parent !== null) parent.#enfants.add(this)
  }

  parent(): QObject | null {
    return this.#parent
  }

  /**
   * Défait les connexions de TOUS les signaux de cet objet, et ne ferme rien : un socket reste connecté, mais
   * devient sourd. Pour fermer : `disconnectFromHost()`.
   * https://doc.qt.io/qt-6/qobject.html#disconnect
   */
  disconnect(): void {
    for (const valeur of Object.values(this)) {
      if (valeur instanceof Signal) valeur.disconnect()
    }
  }

  /**
   * Détruit l'objet et ses enfants dès que le slot en cours a rendu la main : un socket est coupé (`abort()`, ce
   * qui n'est pas encore envoyé est perdu), un serveur cesse d'écouter. Un second appel ne fait rien.
   * https://doc.qt.io/qt-6/qobject.html#deleteLater
   */
  deleteLater(): void {
    if (this.#suppressionDemandee) return
    this.#suppressionDemandee = true
    process.nextTick(() => this.#detruire())
  }

  /** Libère ce que l'objet tient ouvert ; appelée une fois, à la destruction. */
  protected liberer(): void {}

  #detruire(): void {
    if (detruits.has(this)) return
    this.#suppressionDemandee = true
    this.liberer()
    emettre(this.destroyed)
    detruits.add(this)
    this.disconnect()
    for (const enfant of this.#enfants) enfant.#detruire()
    if (this.#parent !== null) this.#parent.#enfants.delete(this)
    this.#parent = null
  }
}
