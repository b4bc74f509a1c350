import type { Socket } from 'node:net'
import { emettre, type Signal } from './signal.ts'

/**
 * Les octets qui attendent de partir par une connexion TCP. Ceux d'un même tour de boucle partent ensemble, avec
 * un seul `bytesWritten` ; ceux d'avant la connexion attendent qu'elle soit établie.
 * https://doc.qt.io/qt-6/qiodevice.html#bytesWritten
 */
export class EnvoiTcp {
  readonly #bytesWritten: Signal<[number]>
  readonly #toutEstParti: () => void
  #natif: Socket | null = null
  #morceaux: Uint8Array[] = []
  /** Octets acceptés, que Node n'a pas encore. */
  #enAttente = 0
  /** Octets confiés à Node, que le système n'a pas encore pris. */
  #enCours = 0
  #programme = false
  #bytesWrittenEnCours = false

  /** @param toutEstParti Appelée après le `bytesWritten` qui laisse la file vide. */
  constructor(bytesWritten: Signal<[number]>, toutEstParti: () => void) {
    this.#bytesWritten = bytesWritten
    this.#toutEstParti = toutEstParti
  }

  /** Nombre d'octets acceptés et pas encore confiés à Node. */
  get enAttente(): number {
    return this.#enAttente
  }

  /** Nombre d'octets acceptés et pas encore pris par le système. */
  get restant(): number {
    return this.#enAttente + this.#enCours
  }

  /** Désigne la connexion établie par où partent les octets ; `null` quand elle est finie. */
  brancher(natif: Socket | null): void {
    this.#natif = natif
  }

  ajouter(octets: Uint8Array): void {
    this.#morceaux.push(octets)
    this.#enAttente += octets.length
    if (this.#natif !== null) this.programmer()
  }

  /** Oublie ce qui n'est pas parti. */
  vider(): void {
    this.#morceaux = []
    this.#enAttente = 0
    this.#enCours = 0
  }

  /** Envoie au prochain tour ce qui attend. */
  programmer(): void {
    if (this.#programme || this.#enAttente === 0) return
    this.#programme = true
    setImmediate(() => {
      this.#programme = false
      this.envoyer()
    })
  }

  /** Envoie tout de suite ce qui attend. Vrai si des octets sont partis. */
  envoyer(): boolean {
    const natif = this.#natif
    if (natif === null || this.#enCours > 0) return false
    const morceaux = this.#morceaux
    const dernier = morceaux.pop()
    if (dernier === undefined) return false
    const nombre = this.#enAttente
    this.#morceaux = []
    this.#enAttente = 0
    this.#enCours = nombre
    let confirme = false
    const confirmer = (erreur?: Error | null): void => {
      if (confirme || natif !== this.#natif || erreur) return
      confirme = true
      this.#confirmer(natif, nombre)
    }
    natif.cork()
    for (const morceau of morceaux) natif.write(morceau)
    natif.write(dernier, confirmer)
    natif.uncork()
    // Le noyau a tout pris : Node l'annoncera plus tard, Qt l'annonce tout de suite.
    if (natif.writableLength === 0) confirmer()
    return true
  }

  #confirmer(natif: Socket, nombre: number): void {
    this.#enCours = 0
    // Un slot de bytesWritten peut appeler flush() : comme dans Qt, le signal n'est pas émis dans son propre slot.
    if (!this.#bytesWrittenEnCours) {
      this.#bytesWrittenEnCours = true
      try {
        emettre(this.#bytesWritten, nombre)
      } finally {
        this.#bytesWrittenEnCours = false
      }
    }
    // Un slot a pu finir la connexion : la suite ne concerne plus celle-ci.
    if (natif !== this.#natif) return
    if (this.#enAttente > 0) this.programmer()
    else if (this.#enCours === 0) this.#toutEstParti()
  }
}
