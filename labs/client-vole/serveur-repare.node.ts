// Le même serveur, réparé, avec node:net : chaque fonction reçoit le client dont il s'agit.
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { entreGuillemets } from '#commun/texte'

// #region classe
const serveur = createServer()
// plus de variable : chaque socket vit jusqu'à son propre 'close'
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
  console.log('Nouveau client, port :', client.remotePort)
  client.on('data', (octets: Buffer) => lire(client, octets))
  client.on('close', deconnecte)
  client.on('error', signalerErreur)
})
// #endregion

// #region deconnexion
function deconnecte(): void {
  // FERMER
  console.log('Client déconnecté') // celui qui est parti, et lui seul
}
// #endregion

// #region lecture
function lire(client: Socket, octets: Buffer): void {
  // ÉCHANGER
  const texte = octets.toString('utf8') // celui qui a parlé
  console.log('Reçu :', entreGuillemets(texte))
  client.write('Message reçu sur le serveur : ' + texte)
}
// #endregion

// #region erreurs
function signalerErreur(erreur: NodeJS.ErrnoException): void {
  if (erreur.code === 'ECONNRESET' || erreur.code === 'EPIPE') return // un départ : 'close' suit
  console.log('Erreur client :', phrase(erreur.code))
}
// #endregion

// #region principal
const options = lireOptions({ port: 1234 })
lancerServeur(options.port)
// #endregion
