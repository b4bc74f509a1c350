// Le même client avec node:net.
import { connect, type Socket } from 'node:net'
import { lireLignes } from '../commun/lignes.ts'
import { lireOptions } from '../commun/options.ts'
import { phrase } from '../commun/phrases.ts'
import { terminer } from '../commun/sortie.ts'
import { entreGuillemets } from '../commun/texte.ts'

// #region classe
let socket: Socket
let etabli = false
let ferme = false // par nous
let code = 0
// #endregion

// #region liaisons
function relier(): void {
  socket.on('connect', connecte)
  socket.on('close', deconnecte)
  socket.on('data', lire)
  socket.on('end', () => {
    if (!ferme) erreur(Object.assign(new Error('FIN reçu'), { code: 'ECONNRESET' }))
  })
  socket.on('error', erreur)
}
// #endregion

// #region connexion
function connecterAuServeur(hote: string, port: number): void {
  // SE CONNECTER
  console.log('Attente de connexion avec :', entreGuillemets(hote), 'sur le port :', port)
  socket = connect(port, hote)
  relier()
}
// #endregion

// #region envoi
function envoyerMessage(message: string): void {
  // ÉCHANGER
  if (socket.readyState === 'open') {
    socket.write(message)
    console.log('Message envoyé :', entreGuillemets(message))
  } else console.log('Message non envoyé : aucune connexion établie')
}
// #endregion

// #region deconnexion
function deconnecter(): void {
  // FERMER
  ferme = true
  socket.end()
}

function deconnecte(): void {
  if (etabli) console.log('Déconnecté du serveur')
  terminer(code)
}
// #endregion

function connecte(): void {
  etabli = true
  console.log('Connecté au serveur')
}

// #region lecture
function lire(data: Buffer): void {
  console.log('Données reçues du serveur :', entreGuillemets(data.toString('utf8')))
}
// #endregion

// #region erreurs
function erreur(raison: NodeJS.ErrnoException): void {
  if (code === 0) console.log(phrase(raison.code), `(${raison.message})`)
  code = 1
}
// #endregion

// #region principal
const options = lireOptions({ hote: '127.0.0.1', port: 1234 })
connecterAuServeur(options.hote, options.port)
lireLignes(envoyerMessage, deconnecter)
// #endregion
