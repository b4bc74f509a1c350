/** Le cadrage : où commence et où finit un message, dans un flux d'octets qui ne le dit pas. */

export type Cadrage = 'aucun' | 'lignes' | 'longueur'

/** Taille, en octets, du nombre qui précède un message (gros-boutiste). */
const PREFIXE = 4

// #region encadrer
/** Les octets d'un message, prêts à partir. */
export function encadrer(cadrage: Cadrage, texte: string): Buffer {
  const octets = Buffer.from(texte)
  if (cadrage === 'lignes') return Buffer.concat([octets, Buffer.from('\n')])
  if (cadrage === 'aucun') return octets
  const prefixe = Buffer.alloc(PREFIXE)
  prefixe.writeUInt32BE(octets.length)
  return Buffer.concat([prefixe, octets])
}
// #endregion

// #region decoder
/** Retrouve les messages dans les octets reçus, quelle que soit la façon dont ils ont été coupés. */
export class Decodeur {
  readonly #cadrage: Cadrage
  readonly #max: number
  #tampon: Buffer = Buffer.alloc(0)
  #refus = false

  /** `max` : taille d'un message, en octets, au-delà de laquelle il est refusé. */
  constructor(cadrage: Cadrage, max: number) {
    this.#cadrage = cadrage
    this.#max = max
  }

  /** Ce qui attend la suite, en octets. */
  get reste(): number {
    return this.#tampon.length
  }

  /** Un message dépasse la taille permise : rien de ce qui le suit n'est plus sûr. */
  get refus(): boolean {
    return this.#refus
  }

  /** Les messages devenus complets. */
  lire(octets: Uint8Array): Buffer[] {
    if (this.#cadrage === 'aucun') return [Buffer.from(octets)]
    this.#tampon = Buffer.concat([this.#tampon, octets])
    const messages: Buffer[] = []
    for (;;) {
      const bornes = this.#cadrage === 'lignes' ? this.#ligne() : this.#longueur()
      this.#refus ||= bornes !== null && bornes.fin - bornes.debut > this.#max
      if (this.#refus || !bornes || bornes.suite > this.#tampon.length) return messages
      messages.push(this.#tampon.subarray(bornes.debut, bornes.fin))
      this.#tampon = this.#tampon.subarray(bornes.suite)
    }
  }

  #ligne() {
    const fin = this.#tampon.indexOf('\n')
    if (fin >= 0) return { debut: 0, fin, suite: fin + 1 }
    // Pas encore de fin de ligne : seul un message déjà trop long se laisse juger.
    const taille = this.#tampon.length
    return taille > this.#max ? { debut: 0, fin: taille, suite: taille } : null
  }

  #longueur() {
    if (this.#tampon.length < PREFIXE) return null
    // La taille annoncée est jugée avant d'attendre, et sans rien réserver.
    const fin = PREFIXE + this.#tampon.readUInt32BE()
    return { debut: PREFIXE, fin, suite: fin }
  }
}
// #endregion
