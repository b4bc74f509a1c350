// Le même correspondant avec node:net.
import { type AddressInfo, createServer } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { entreGuillemets } from '#commun/texte'
import { ouvrirTrouNoir } from '#commun/trou-noir'

// #region classe
const serveur = createServer()
// #endregion

// #region ecoute
function lancerServeur(port: number): void {
  // ÉCOUTER
  serveur.on('error', signalerErreur)
  serveur.listen(port, appliquer)
}

function signalerErreur(erreur: NodeJS.ErrnoException): void {
  console.log(phrase(erreur.code, options.port))
  terminer(1)
}
// #endregion

// #region modes
function appliquer(): void {
  const { port } = serveur.address() as AddressInfo
  if (options.mode === 'cooperatif') {
    console.log('Serveur coopératif sur le port :', port)
    return
  }
  serveur.close(() => {
    console.log("Port fermé, plus personne n'écoute, port :", port)
    terminer(0)
  })
}
// #endregion

// #region acceptation
serveur.on('connection', (client) => {
  // ACCEPTER
  client.on('error', () => {}) // une coupure nette : 'close' suit, et le serveur continue
  client.write('BONJOUR')
  // #region lecture
  client.on('data', (data: Buffer) => {
    // ÉCHANGER
    const texte = data.toString('utf8')
    console.log('Reçu :', entreGuillemets(texte))
    if (texte.trim() === 'fin') client.end()
    else client.write('Message reçu : ' + texte)
  })
  // #endregion
})
// #endregion

// #region principal
const options = lireOptions({ port: 1234, mode: ['cooperatif', 'ferme', 'trou-noir'] })
const annoncer = (port: number) => console.log('Trou noir, aucune réponse à attendre, port :', port)
if (options.mode === 'trou-noir') ouvrirTrouNoir(options.port, annoncer, signalerErreur)
else lancerServeur(options.port)
// #endregion
