/**
 * Ce que le relais décide, à partir d'une graine : pertes, doublons, désordre, découpe.
 * Pur : la même graine donne la même suite de décisions, sur toute machine.
 */

/** Suite de nombres entre 0 (compris) et 1 (exclu), fixée par la graine (algorithme mulberry32). */
export function hasard(graine: number): () => number {
  let etat = graine >>> 0
  return () => {
    etat = (etat + 0x6d2b79f5) >>> 0
    let t = Math.imul(etat ^ (etat >>> 15), etat | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Chances, en pour cent, qu'un datagramme subisse chaque malheur. */
export interface Chances {
  perte: number
  doublons: number
  desordre: number
}

/** Sort d'un datagramme ; `retenu` : il partira après le suivant. */
export type Sort = 'perdu' | 'doublé' | 'retenu' | 'transmis'

/**
 * Tire le sort de chaque datagramme. Trois tirages par datagramme, quels que soient les réglages : changer le taux
 * de pertes ne change pas quels datagrammes seraient doublés. Les chances sont relues à chaque datagramme.
 */
export function sorts(graine: number, chances: Readonly<Chances>): () => Sort {
  const tirage = hasard(graine)
  return () => {
    const [a, b, c] = [tirage() * 100, tirage() * 100, tirage() * 100]
    if (a < chances.perte) return 'perdu'
    if (b < chances.doublons) return 'doublé'
    return c < chances.desordre ? 'retenu' : 'transmis'
  }
}

/** Coupe des octets en morceaux de 1 à `taille` octets, tirés de la suite ; `taille` 0 ne coupe rien. */
export function decouper(octets: Buffer, taille: number, tirage: () => number): Buffer[] {
  if (taille === 0) return [octets]
  const morceaux: Buffer[] = []
  for (let debut = 0; debut < octets.length; ) {
    const fin = debut + 1 + Math.floor(tirage() * taille)
    morceaux.push(octets.subarray(debut, fin))
    debut = fin
  }
  return morceaux
}
