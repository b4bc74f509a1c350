// Le programme relais, le même dans chaque labo qui en a un : il se glisse entre deux autres et maltraite ce qui passe.
import { lireOptions } from './options.ts'
import { phrase } from './phrases.ts'
import { relayerTcp, relayerUdp } from './relais.ts'

/** Lit les options, puis relaie jusqu'à l'arrêt ; chaque décision est affichée, et dépend de la graine. */
export function lancerRelais(): void {
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
  })
  const relayer = options.transport === 'udp' ? relayerUdp : relayerTcp
  relayer(options, {
    pret: (port) => console.log(`Relais prêt vers ${options.hote}:${options.vers}, port : ${port}`),
    dire: (ligne) => console.log(ligne),
    echec: (erreur: NodeJS.ErrnoException) => {
      console.error(`${phrase(erreur.code)} (${erreur.message})`)
      process.exit(1)
    },
  })
}
