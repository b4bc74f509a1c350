// Le même client TCP avec node:net.
import { connect, isIP, type Socket } from 'node:net'
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { terminer } from '#commun/sortie'
import { entreGuillemets } from '#commun/texte'

// #region classe
let socket: Socket
let etabli = false
let fermeParNous = false
let code = 0
// #endregion

// #region liaisons
function relier(): void {
  // CRÉER
  socket.on('connect', connecte)
  socket.on('close', deconnecte)
  socket.on('data', lire)
  socket.once('lookup', (raison) => raison ?? changerEtat('ConnectingState'))
  socket.on('error', (raison: NodeJS.ErrnoException) => signalerErreur(raison.code ?? ''))
  socket.on('end', () => fermeParNous || signalerErreur('FIN'))
}
// #endregion

// #region connexion
function connecterAuServeur(hote: string, port: number): void {
  // SE CONNECTER
  console.log('Attente de connexion avec :', entreGuillemets(hote), 'sur le port :', port)
  changerEtat('HostLookupState')
  if (isIP(hote)) changerEtat('ConnectingState') // rien à chercher : Node n'émettra pas 'lookup'
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
  } else {
    console.log('Message non envoyé : aucune connexion établie')
  }
}
// #endregion

// #region fermeture
function deconnecter(): void {
  // FERMER
  fermeParNous = true
  if (etabli) changerEtat('ClosingState')
  socket.end()
}
// #endregion

// #region connecte
function connecte(): void {
  etabli = true
  changerEtat('ConnectedState')
  console.log('Connecté au serveur')
  envoyerMessage(options.message)
}
// #endregion

// #region deconnexion
function deconnecte(): void {
  if (etabli) {
    changerEtat('UnconnectedState')
    console.log('Déconnecté du serveur')
  }
  terminer(code)
}
// #endregion

// #region lecture
function lire(data: Buffer): void {
  console.log('Reçu :', entreGuillemets(data.toString('utf8')))
}
// #endregion

// #region etats
/** Node n'a pas de signal pour les états : le programme les nomme lui-même, comme Qt. */
function changerEtat(nom: string): void {
  console.log(`État : QAbstractSocket::${nom}`)
}
// #endregion

// #region erreurs
function signalerErreur(raison: string): void {
  if (code !== 0) return
  code = 1
  if (!etabli) changerEtat('UnconnectedState')
  let messageErreur: string
  switch (raison) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      messageErreur = 'Hôte non trouvé : vérifier le nom donné par --hote'
      break
    case 'ECONNREFUSED':
      messageErreur = 'Connexion refusée : lancer le serveur, vérifier --port'
      break
    case 'FIN':
    case 'ECONNRESET':
    case 'EPIPE':
      messageErreur = "L'hôte distant a fermé la connexion : relancer le serveur"
      break
    case 'ETIMEDOUT':
      messageErreur = "Délai expiré : aucune réponse, vérifier l'adresse"
      break
    default:
      messageErreur = 'Erreur inattendue : relancer le client'
  }
  console.log(messageErreur)
  if (etabli) changerEtat('ClosingState')
}
// #endregion

// #region principal
const options = lireOptions({ hote: '127.0.0.1', port: 1234, message: 'Bonjour, serveur !' })
connecterAuServeur(options.hote, options.port)
lireLignes(envoyerMessage, deconnecter)
// #endregion
