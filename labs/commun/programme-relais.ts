// Le programme relais, le même dans chaque labo qui en a un : il se glisse entre deux autres et maltraite ce qui passe.
import { lireLignes } from './lignes.ts'
import { lireOptions } from './options.ts'
import { phrase } from './phrases.ts'
import { type Reglages, relayerTcp, relayerUdp } from './relais.ts'

/** Les réglages que l'on change en marche : leur unité, et leur maximum. */
const EN_MARCHE = {
  udp: { perte: ['%', 100], desordre: ['%', 100], doublons: ['%', 100], retard: ['ms', 5000] },
  tcp: { decoupe: ['octets', 65_535], retard: ['ms', 5000] },
} as const satisfies Record<string, Partial<Record<keyof Reglages, readonly [string, number]>>>

/**
 * Lit les options, puis relaie jusqu'à l'arrêt ; chaque décision est affichée, et dépend de la graine.
 * Une ligne tapée change un réglage : `perte 30`. Les défauts donnés sont ceux du labo.
 */
export function lancerRelais(defauts: Partial<Omit<Reglages, 'hote' | 'port' | 'graine'>> = {}): void {
  const options = lireOptions({
    transport: ['udp', 'tcp'],
    port: 0,
    hote: '127.0.0.1',
    vers: 12345,
    perte: 0,
    retard: 0,
    desordre: 0,
    doublons: 0,
    decoupe: 0,
    graine: 42,
    ...defauts,
  })
  const [relayer, reglables] =
    options.transport === 'udp'
      ? ([relayerUdp, EN_MARCHE.udp] as const)
      : ([relayerTcp, EN_MARCHE.tcp] as const)
  relayer(options, {
    pret: (port) => console.log(`Relais prêt vers ${options.hote}:${options.vers}, port : ${port}`),
    dire: (ligne) => console.log(ligne),
    echec: (erreur: NodeJS.ErrnoException) => {
      console.error(phrase(erreur.code, options.port))
      process.exit(1)
    },
  })
  lireLignes(
    (ligne) => console.log(`[relais] ${regler(ligne, options, reglables)}`),
    () => {},
  )
}

/** Change le réglage que la ligne nomme ; rend ce qui a été fait, ou ce qui peut l'être. */
function regler(
  ligne: string,
  reglages: Reglages,
  reglables: Readonly<Partial<Record<keyof Reglages, readonly [string, number]>>>,
): string {
  const [, nom = '', texte = ''] = /^\s*([a-z]+)\s+(\d{1,6})\s*$/.exec(ligne) ?? []
  const regle = Object.entries(reglables).find(([cle]) => cle === nom)
  if (!regle) return `réglages : ${Object.keys(reglables).join(', ')} ; par exemple « retard 200 »`
  const [unite, max] = regle[1]
  if (Number(texte) > max) return `${nom} : de 0 à ${max} ${unite}`
  Object.assign(reglages, { [nom]: Number(texte) })
  return `${nom} : ${texte} ${texte === '1' ? unite.replace(/s$/, '') : unite}`
}
