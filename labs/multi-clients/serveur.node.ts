// Le même serveur de plusieurs clients avec node:net.
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { entreGuillemets } from '#commun/texte'
import { compterAilleurs, compterPremiers } from './calcul.ts'

// #region classe
const serveur = createServer()
const clients = new Set<Socket>()
// #endregion

// #region ecoute
function lancerServeur(port: number): void {
  // ÉCOUTER
  serveur.on('error', (erreur: NodeJS.ErrnoException) => {
    console.log(phrase(erreur.code, port))
    process.exitCode = 1
  })
  serveur.listen(port, () => {
    console.log('Serveur lancé sur le port :', (serveur.address() as AddressInfo).port)
  })
}
// #endregion

// #region acceptation
serveur.on('connection', (client) => {
  // ACCEPTER
  const port = client.remotePort ?? 0
  client.on('error', (erreur) => signalerErreur(port, erreur)) // sans lui, une coupure nette arrêterait le serveur
  if (clients.size >= options.max) {
    refuser(client)
    return
  }
  clients.add(client)
  client.on('data', (data: Buffer) => lire(client, data))
  client.on('close', () => deconnecte(client, port))
  console.log('Nouveau client, port :', port, 'Clients :', clients.size)
})
// #endregion

// #region maximum
function refuser(client: Socket): void {
  // FERMER
  console.log('Complet, client refusé, port :', client.remotePort)
  client.resume()
  client.end('COMPLET')
  setTimeout(() => client.destroy(), 500).unref() // un refusé qui ne ferme pas est coupé
}
// #endregion

// #region lecture
/** La fermeture sait de quel client il s'agit : rien à demander à sender(). */
function lire(client: Socket, data: Buffer): void {
  // ÉCHANGER
  const texte = data.toString('utf8')
  console.log('Reçu du client, port :', client.remotePort, entreGuillemets(texte))
  const borne = /^calcule (\d{1,7})$/.exec(texte.trim())?.[1]
  if (borne) calculer(client, Number(borne))
  else client.write('Message reçu : ' + texte)
}
// #endregion

// #region calcul
function calculer(client: Socket, borne: number): void {
  const repondre = (premiers: number) => {
    console.log('Calcul terminé :', premiers)
    if (clients.has(client)) client.write('Nombres premiers : ' + premiers) // est-il encore là ?
  }
  if (options.calcul) compterAilleurs(borne).then(repondre)
  else repondre(compterPremiers(borne)) // pendant ce temps, plus personne n'est servi
}
// #endregion

// #region deconnexion
function deconnecte(client: Socket, port: number): void {
  // FERMER
  clients.delete(client)
  console.log('Client déconnecté, port :', port, 'Clients :', clients.size)
}
// #endregion

// #region erreurs
function signalerErreur(port: number, erreur: NodeJS.ErrnoException): void {
  if (erreur.code === 'ECONNRESET' || erreur.code === 'EPIPE') return // un départ, 'close' va suivre
  console.log(`Erreur, client ${port} :`, phrase(erreur.code))
}
// #endregion

// #region principal
const options = lireOptions({ port: 1234, max: 10, calcul: false })
lancerServeur(options.port)
// #endregion
