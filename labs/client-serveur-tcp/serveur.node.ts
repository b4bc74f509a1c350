// Le même serveur TCP avec node:net.
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { entreGuillemets } from '#commun/texte'

// #region classe
const serveur = createServer({ pauseOnConnect: true })
let client: Socket | null = null
const file: Socket[] = [] // Node accepte tout de suite : le programme tient lui-même la file d'attente
// #endregion

// #region liaisons
serveur.on('connection', (nouveau) => {
  // CRÉER
  nouveau.on('error', signalerErreur)
  file.push(nouveau)
  accepter()
})
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
function accepter(): void {
  // ACCEPTER
  if (client) return // la place est prise : le suivant reste dans la file
  client = file.shift() ?? null
  if (!client) return
  console.log('Nouveau client, port :', client.remotePort)
  client.on('data', lire)
  client.on('close', deconnecte)
  client.on('end', () => console.log('Le client a fermé la connexion'))
  client.resume()
}
// #endregion

// #region deconnexion
function deconnecte(): void {
  // FERMER
  console.log('Client déconnecté')
  client = null
  accepter() // au suivant, s'il y en a un
}
// #endregion

// #region lecture
function lire(data: Buffer): void {
  // ÉCHANGER
  const texte = data.toString('utf8')
  console.log('Reçu :', entreGuillemets(texte))
  client?.write('Message reçu sur le serveur : ' + texte)
}
// #endregion

// #region erreurs
function signalerErreur(this: Socket, erreur: NodeJS.ErrnoException): void {
  if (this !== client) return
  if (erreur.code === 'ECONNRESET' || erreur.code === 'EPIPE') console.log('Le client a fermé la connexion')
  else console.log('Erreur client :', phrase(erreur.code))
}
// #endregion

// #region principal
const options = lireOptions({ port: 1234 })
lancerServeur(options.port)
// #endregion
