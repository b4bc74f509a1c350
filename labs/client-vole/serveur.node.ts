// Le même serveur à variable unique, avec node:net et les mêmes défauts.
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { entreGuillemets } from '#commun/texte'

// #region classe
const serveur = createServer()
let client: Socket | null = null // une seule variable, pour tous
const recus = new WeakMap<Socket, Buffer[]>() // ce que chacun a envoyé et que personne n'a lu, comme dans Qt
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
serveur.on('connection', (nouveau) => {
  // ACCEPTER
  client = nouveau // défaut : le précédent est oublié, pas fermé
  console.log('Nouveau client, port :', client.remotePort)
  recus.set(nouveau, [])
  nouveau.on('data', (octets: Buffer) => recus.get(nouveau)?.push(octets))
  nouveau.on('data', lire)
  nouveau.on('close', deconnecte)
  nouveau.on('end', signalerErreur)
  nouveau.on('error', signalerErreur)
})
// #endregion

// #region deconnexion
function deconnecte(): void {
  // FERMER
  console.log('Client déconnecté')
  client?.destroy() // défaut : ce n'est peut-être pas lui qui part
  client = null
}
// #endregion

// #region lecture
function lire(): void {
  // ÉCHANGER
  if (!client) return
  const octets = recus.get(client)?.splice(0) ?? [] // défaut : ce n'est peut-être pas lui qui parle
  const texte = Buffer.concat(octets).toString('utf8')
  console.log('Reçu :', entreGuillemets(texte))
  client.write('Message reçu sur le serveur : ' + texte)
}
// #endregion

// #region erreurs
function signalerErreur(): void {
  if (!client) return
  console.log('Erreur client :', 'Le client a fermé la connexion')
  client.off('data', lire) // défaut : plus personne n'écoute ce socket, et il n'est pas fermé
  client.off('close', deconnecte)
  client.off('end', signalerErreur)
}
// #endregion

// #region principal
const options = lireOptions({ port: 1234 })
lancerServeur(options.port)
// #endregion
