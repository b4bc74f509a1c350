// Horloge : écrit TIC toutes les 100 ms et fait un long calcul à chaque datagramme reçu.
import { createSocket } from 'node:dgram'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { entreGuillemets } from '#commun/texte'

const options = lireOptions({ port: 12345, calcul: 1000, tranches: false })
const socket = createSocket('udp4')
/** Durée d'une tranche de calcul, en ms : assez courte pour que l'horloge ne s'en aperçoive pas. */
const TRANCHE = 10

// #region tic
let rang = 0
let precedent = performance.now()
function tic(): void {
  const retard = Math.round(performance.now() - precedent) - 100
  precedent = performance.now()
  rang += 1
  console.log(`TIC ${rang}${retard > 100 ? ` (en retard de ${retard} ms)` : ''}`)
}
// #endregion

/** Occupe le processeur, comme un vrai calcul, pendant cette durée en ms. */
function calculer(duree: number): void {
  const fin = performance.now() + duree
  while (performance.now() < fin);
}

// #region lecture
socket.on('message', (datagramme) => {
  console.log('Reçu :', entreGuillemets(datagramme.toString()))
  console.log('Calcul commencé')
  if (options.tranches) calculerEnTranches(options.calcul)
  else {
    calculer(options.calcul)
    console.log('Calcul terminé')
  }
})
// #endregion

// #region tranches
/** Entre deux tranches, la boucle d'événements reprend la main : minuteurs et datagrammes passent. */
function calculerEnTranches(reste: number): void {
  if (reste <= 0) {
    console.log('Calcul terminé')
    return
  }
  calculer(Math.min(TRANCHE, reste))
  setTimeout(calculerEnTranches, 0, reste - TRANCHE)
}
// #endregion

socket.on('listening', () => {
  console.log('Horloge prête, port :', socket.address().port)
  setInterval(tic, 100)
})
socket.on('error', (erreur: NodeJS.ErrnoException) => {
  console.error(phrase(erreur.code, options.port))
  process.exit(1)
})
socket.bind({ port: options.port, address: '0.0.0.0', exclusive: true })
