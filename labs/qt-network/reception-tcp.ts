import { emettre, type Signal } from './signal.ts'
import { Tampon } from './tampon.ts'

/**
 * Au-delà de ce nombre d'octets arrivés dans un même tour, `readyRead` n'attend plus la fin du tour : un gros envoi
 * se lit par parts, comme dans Qt, au lieu d'être recopié en un seul tampon énorme.
 */
const GROS_ENVOI = 128 * 1024

/**
 * Ce qui arrive par une connexion TCP, et le moment de l'annoncer. Node donne les octets morceau par morceau :
 * `readyRead` est émis une fois pour tous ceux d'un tour de boucle, puis la fin du pair s'il est parti.
 * https://doc.qt.io/qt-6/qiodevice.html#readyRead
 */
export class ReceptionTcp {
  /** Les octets arrivés et pas encore lus ; ils survivent à la connexion. */
  readonly octets = new Tampon()
  readonly #readyRead: Signal
  readonly #subirFin: () => void
  /** Octets arrivés depuis le dernier `readyRead`. */
  #aAnnoncer = 0
  #recusCeTour = 0
  #finDuPair = false
  #annonceProgrammee = false

  /** @param subirFin Appelée quand le pair est parti et que tout ce qu'il a envoyé est annoncé. */
  constructor(readyRead: Signal, subirFin: () => void) {
    this.#readyRead = readyRead
    this.#subirFin = subirFin
  }

  ajouter(morceau: Buffer): void {
    this.octets.ajouter(morceau)
    this.#aAnnoncer += morceau.length
    this.#recusCeTour += morceau.length
    this.#programmerAnnonce()
    if (this.#recusCeTour > GROS_ENVOI) this.annoncer()
  }

  /** Le pair n'enverra plus rien. */
  noterFin(): void {
    this.#finDuPair = true
    this.#programmerAnnonce()
  }

  /** La connexion est finie : plus rien à annoncer, mais ce qui est arrivé reste à lire. */
  taire(): void {
    this.#aAnnoncer = 0
    this.#finDuPair = false
  }

  /** Oublie ce qui n'est pas lu. */
  vider(): void {
    this.octets.vider()
    this.#aAnnoncer = 0
  }

  /** `setImmediate` s'exécute après que Node a lu tout ce qui était arrivé : un seul signal pour le tout. */
  #programmerAnnonce(): void {
    if (this.#annonceProgrammee) return
    this.#annonceProgrammee = true
    setImmediate(() => {
      this.#annonceProgrammee = false
      this.#recusCeTour = 0
      this.annoncer()
    })
  }

  /** Annonce ce qui est arrivé, s'il y a du nouveau. */
  annoncer(): void {
    if (this.#aAnnoncer > 0) {
      this.#aAnnoncer = 0
      emettre(this.#readyRead)
    }
    if (!this.#finDuPair) return
    this.#finDuPair = false
    this.#subirFin()
  }
}
