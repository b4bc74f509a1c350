/** Un datagramme reçu et pas encore lu. */
export interface DatagrammeRecu {
  readonly donnees: Buffer
  readonly adresse: string
  readonly port: number
}

/** Ce que le noyau compte en plus des données pour chaque datagramme, en octets (ordre de grandeur sous Linux). */
const SURCOUT = 768

/**
 * Les datagrammes reçus et pas encore lus, avec une place limitée.
 * Node retire sans cesse les datagrammes du noyau : sans cette limite, un programme qui ne lit pas n'en perdrait
 * aucun, alors que Qt les laisse au noyau, qui jette ceux qui débordent.
 */
export class FileUdp {
  #file: DatagrammeRecu[] = []
  #tete = 0
  #occupe = 0

  get vide(): boolean {
    return this.#tete === this.#file.length
  }

  /** @param place Octets que la file peut occuper ; le datagramme qui la dépasserait est jeté. */
  ajouter(datagramme: DatagrammeRecu, place: number): boolean {
    const cout = datagramme.donnees.length + SURCOUT
    if (!this.vide && this.#occupe + cout > place) return false
    this.#file.push(datagramme)
    this.#occupe += cout
    return true
  }

  premier(): DatagrammeRecu | undefined {
    return this.#file[this.#tete]
  }

  retirer(): DatagrammeRecu | undefined {
    const datagramme = this.#file[this.#tete]
    if (datagramme === undefined) return undefined
    this.#occupe -= datagramme.donnees.length + SURCOUT
    this.#tete += 1
    if (this.vide) this.vider()
    return datagramme
  }

  vider(): void {
    this.#file = []
    this.#tete = 0
    this.#occupe = 0
  }
}
