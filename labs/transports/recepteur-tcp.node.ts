// Récepteur TCP : écrit chaque lecture telle qu'elle vient, puis fait le bilan à la fin du flux.
import { createServer } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { entreGuillemets } from '#commun/texte'

const options = lireOptions({ port: 12345 })
/** Au-delà de cette taille, en octets, le flux n'est plus gardé : aucun bilan ne demande autant. */
const FLUX_MAX = 1_000_000

// #region lecture
const serveur = createServer((client) => {
  let flux = ''
  let lectures = 0
  client.on('data', (octets: Buffer) => {
    lectures += 1
    if (flux.length < FLUX_MAX) flux += octets.toString('latin1')
    console.log(`Lecture ${lectures}, taille ${octets.length} :`, entreGuillemets(apercu(octets)))
  })
  client.on('end', () => ecrireBilan(flux, lectures))
  client.on('error', (erreur) => console.log('Connexion rompue :', phrase(erreur)))
})
// #endregion

function apercu(octets: Buffer): string {
  const texte = octets.subarray(0, 60).toString('latin1')
  return octets.length > 60 ? `${texte}…` : texte
}

// #region bilan
function ecrireBilan(flux: string, lectures: number): void {
  const nombres = flux.split(' ').filter(Boolean).map(Number)
  const ordonnes = nombres.every((nombre, i) => nombre === i + 1)
  console.log(
    `Bilan TCP : ${nombres.length} nombres en ${lectures} lectures, ` +
      (ordonnes ? 'complets, en ordre' : 'autres que la suite 1, 2, 3…'),
  )
}
// #endregion

serveur.on('listening', () => {
  const adresse = serveur.address()
  if (adresse !== null && typeof adresse === 'object') console.log('Récepteur TCP prêt, port :', adresse.port)
})
serveur.on('error', (erreur: NodeJS.ErrnoException) => {
  console.error(phrase(erreur.code, options.port))
  process.exit(1)
})
serveur.listen(options.port, '127.0.0.1')
