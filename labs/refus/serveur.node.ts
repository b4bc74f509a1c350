// Le même serveur mono-client avec node:net.
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { entreGuillemets } from '#commun/texte'

// #region classe
const serveur = createServer({ pauseOnConnect: true })
let client: Socket | null = null
let port = 0
const file: Socket[] = [] // politique « pause » : Node n'a pas pauseAccepting, les arrivants attendent ici
// #endregion

// #region ecoute
function lancerServeur(demande: number): void {
  // ÉCOUTER
  port = demande
  serveur.listen(port, () => {
    port = (serveur.address() as AddressInfo).port
    console.log('Serveur lancé sur le port :', port)
  })
}

serveur.on('error', (erreur: NodeJS.ErrnoException) => {
  console.log(phrase(erreur.code, port))
  process.exitCode = 1
})
// #endregion

// #region acceptation
serveur.on('connection', (nouveau) => {
  // ACCEPTER
  nouveau.on('error', () => {}) // un client qui coupe net ne doit pas arrêter le serveur
  if (client && options.politique === 'pause') file.push(nouveau)
  else if (client) refuser(nouveau)
  else accepter(nouveau)
})

function accepter(nouveau: Socket): void {
  client = nouveau
  client.on('data', lire)
  client.on('close', deconnecte)
  client.resume()
  console.log('Client accepté, port :', client.remotePort)
  client.write('BIENVENUE')
  if (options.politique === 'ecoute-fermee') serveur.close()
}
// #endregion

// #region refus
function refuser(nouveau: Socket): void {
  // FERMER
  console.log('Client refusé, port :', nouveau.remotePort)
  nouveau.resume()
  nouveau.end(options.politique === 'message' ? 'OCCUPÉ' : '')
  setTimeout(() => nouveau.destroy(), 500).unref() // un refusé qui ne ferme pas est coupé
}
// #endregion

// #region lecture
function lire(data: Buffer): void {
  // ÉCHANGER
  console.log('Reçu :', entreGuillemets(data.toString('utf8')))
  client?.write('Message reçu sur le serveur : ' + data.toString('utf8'))
}
// #endregion

// #region deconnexion
function deconnecte(): void {
  // FERMER
  console.log('Client déconnecté')
  client = null // la place est libre
  const suivant = file.shift()
  if (suivant) accepter(suivant)
  if (options.politique === 'ecoute-fermee') lancerServeur(port)
}
// #endregion

// #region principal
const options = lireOptions({ port: 1234, politique: ['message', 'pause', 'ecoute-fermee', 'muet'] })
lancerServeur(options.port)
// #endregion
