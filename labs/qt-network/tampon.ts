const VIDE = Buffer.alloc(0)
const FIN_DE_LIGNE = 0x0a

/** Les octets reçus et pas encore lus, dans l'ordre d'arrivée. Chaque octet n'est recopié qu'à la lecture. */
export class Tampon {
  #morceaux: Buffer[] = []
  #taille = 0
  /** Ce qu'une transaction a lu, pour le rendre ; `null` hors d'une transaction. */
  #lus: Buffer[] | null = null

  /** Nombre d'octets à lire. */
  get taille(): number {
    return this.#taille
  }

  ajouter(morceau: Buffer): void {
    this.#morceaux.push(morceau)
    this.#taille += morceau.length
  }

  /** Oublie tout, et la transaction en cours. */
  vider(): void {
    this.#morceaux = []
    this.#taille = 0
    this.#lus = null
  }

  get enTransaction(): boolean {
    return this.#lus !== null
  }

  /** Commence une transaction : ce qui sera lu pourra être rendu. */
  retenir(): void {
    this.#lus = []
  }

  /** Finit la transaction : ce qu'elle a lu est lu. */
  valider(): void {
    this.#lus = null
  }

  /** Finit la transaction : ce qu'elle a lu redevient à lire. */
  defaire(): void {
    const lus = this.#lus ?? []
    this.#lus = null
    this.#morceaux.unshift(...lus)
    for (const morceau of lus) this.#taille += morceau.length
  }

  /** Retire et rend au plus `max` octets. */
  lire(max: number): Buffer {
    const octets = this.#retirer(max)
    if (octets.length > 0) this.#lus?.push(octets)
    return octets
  }

  #retirer(max: number): Buffer {
    if (max >= this.#taille) {
      const tout = this.#morceaux.length === 1 ? this.#morceaux[0]! : Buffer.concat(this.#morceaux)
      this.#morceaux = []
      this.#taille = 0
      return tout
    }
    const lus = this.regarder(max)
    let reste = lus.length
    let rang = 0
    while (reste > 0 && reste >= this.#morceaux[rang]!.length) reste -= this.#morceaux[rang++]!.length
    this.#morceaux.splice(0, rang)
    if (reste > 0) this.#morceaux[0] = this.#morceaux[0]!.subarray(reste)
    this.#taille -= lus.length
    return lus
  }

  /** Rend au plus `max` octets sans les retirer. */
  regarder(max: number): Buffer {
    if (!(max > 0)) return VIDE
    const premier = this.#morceaux[0]
    if (premier === undefined) return VIDE
    if (max <= premier.length) return premier.subarray(0, max)
    return Buffer.concat(this.#morceaux, Math.min(max, this.#taille))
  }

  /** Longueur de la première ligne, `\n` compris ; -1 si elle n'est pas entière. */
  longueurLigne(): number {
    let avant = 0
    for (const morceau of this.#morceaux) {
      const place = morceau.indexOf(FIN_DE_LIGNE)
      if (place !== -1) return avant + place + 1
      avant += morceau.length
    }
    return -1
  }
}
