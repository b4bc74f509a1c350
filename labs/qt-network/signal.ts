import { exigerSlot } from './arguments.ts'
import { annoncerSignal } from './observation.ts'
import type { QObject } from './qobject.ts'

/** Ce que rend `connect()` ; à redonner à `disconnect()` pour ne défaire que cette connexion. */
export interface Connexion {
  /** Faux dès que la connexion est défaite. */
  readonly active: boolean
}

interface Lien<A extends unknown[]> extends Connexion {
  active: boolean
  readonly recepteur: object | null
  readonly slot: (...valeurs: A) => void
}

/** Émetteurs en cours d'émission : le dernier est celui que rend `sender()`. */
const emetteurs: QObject[] = []

/**
 * L'objet dont un signal exécute le slot en cours, sinon `null`.
 * À appeler avant le premier `await` d'un slot : après, l'émission est terminée.
 * https://doc.qt.io/qt-6/qobject.html#sender
 */
export function sender(): QObject | null {
  return emetteurs.at(-1) ?? null
}

/**
 * Émet un signal. Réservé aux classes de ce dossier : `index.ts` ne l'exporte pas,
 * comme Qt réserve `emit` à la classe qui déclare le signal.
 */
export let emettre: <A extends unknown[]>(signal: Signal<A>, ...valeurs: A) => void

/** Dit si un objet a été détruit par `deleteLater()` ; renseigné par `qobject.ts`. */
export const detruits = new WeakSet<object>()

/**
 * Un signal et ses slots. Les slots sont appelés tout de suite, dans l'ordre des connexions.
 * https://doc.qt.io/qt-6/signalsandslots.html
 */
export class Signal<A extends unknown[] = []> {
  readonly #emetteur: QObject
  #liens: Lien<A>[] = []

  static {
    emettre = (signal, ...valeurs) => signal.#emettre(valeurs)
  }

  constructor(emetteur: QObject) {
    this.#emetteur = emetteur
  }

  /** `connect(socket, &QTcpSocket::readyRead, [=] { … })` s'écrit `socket.readyRead.connect(() => { … })`. */
  connect(slot: (...valeurs: A) => void): Connexion
  /**
   * `connect(socket, &QTcpSocket::readyRead, this, &Client::lire)` s'écrit
   * `socket.readyRead.connect(this, this.lire)` : dans le slot, `this` est le récepteur.
   */
  connect<R extends object>(recepteur: R, slot: (this: R, ...valeurs: A) => void): Connexion
  connect(recepteurOuSlot: object | ((...valeurs: A) => void), methode?: (...valeurs: A) => void): Connexion {
    exigerSlot(methode ?? recepteurOuSlot, 'connect(slot)')
    const lien: Lien<A> =
      methode === undefined
        ? { active: true, recepteur: null, slot: recepteurOuSlot as (...valeurs: A) => void }
        : { active: true, recepteur: recepteurOuSlot, slot: methode }
    // Une nouvelle liste à chaque connexion : une émission en cours parcourt celle qu'elle a trouvée.
    this.#liens = [...this.#liens, lien]
    return lien
  }

  /** Défait une connexion ; sans argument, toutes celles de ce signal. */
  disconnect(connexion?: Connexion): void {
    for (const lien of this.#liens) {
      if (connexion === undefined || lien === connexion) lien.active = false
    }
    this.#liens = this.#liens.filter((lien) => lien.active)
  }

  #emettre(valeurs: A): void {
    const liens = this.#liens
    annoncerSignal(this.#emetteur, this, valeurs, liens.length)
    if (liens.length === 0) return
    emetteurs.push(this.#emetteur)
    try {
      for (const lien of liens) {
        if (!lien.active) continue
        if (lien.recepteur !== null && detruits.has(lien.recepteur)) continue
        lien.slot.apply(lien.recepteur, valeurs)
      }
    } finally {
      emetteurs.pop()
    }
  }
}
