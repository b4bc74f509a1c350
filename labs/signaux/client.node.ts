// Le même client avec node:net : chaque événement de Node est écrit sous le nom du signal Qt qui lui correspond.
import { connect, isIP, type Socket } from 'node:net'
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { entreGuillemets } from '#commun/texte'

// #region classe
let socket: Socket
let minuteur: NodeJS.Timeout | undefined
let etat = 'UnconnectedState'
let fermeParNous = false
let code = 0
// #endregion

// #region liaisons
function relier(): void {
  // CRÉER
  socket.once('lookup', (erreur) => erreur ?? hoteTrouve())
  socket.on('connect', () => {
    changerEtat('ConnectedState')
    console.log('signal connected')
  })
  socket.on('data', lire)
  socket.on('end', () => fermeParNous || signalerErreur({ code: 'ECONNRESET', message: 'FIN reçu' }))
  socket.on('error', signalerErreur)
  socket.on('close', deconnecte)
}
// #endregion

// #region connexion
function connecterAuServeur(hote: string, port: number): void {
  // SE CONNECTER
  console.log('appel connectToHost :', entreGuillemets(hote), port)
  changerEtat('HostLookupState')
  if (isIP(hote)) hoteTrouve() // rien à chercher : Node n'émettra pas 'lookup'
  socket = connect(port, hote)
  relier()
  console.log(`retour de connectToHost, état : QAbstractSocket::${etat}`)
}

function hoteTrouve(): void {
  changerEtat('ConnectingState')
  console.log('signal hostFound')
}
// #endregion

// #region envoi
function envoyerMessage(message: string): void {
  // ÉCHANGER
  const octets = Buffer.from(message, 'utf8')
  socket.write(octets, (erreur) => erreur ?? console.log('signal bytesWritten :', octets.length))
  console.log('appel write :', octets.length)
}
// #endregion

// #region fermeture
function deconnecter(): void {
  // FERMER
  console.log('appel disconnectFromHost')
  fermeParNous = true
  if (etat === 'ConnectedState') changerEtat('ClosingState')
  socket.end()
}
// #endregion

// #region etats
function changerEtat(nouveau: string): void {
  etat = nouveau
  console.log(`signal stateChanged : QAbstractSocket::${etat}`)
  clearTimeout(minuteur)
  if (etat === 'ConnectingState') minuteur = setTimeout(delaiExpire, options.delai)
}
// #endregion

// #region lecture
function lire(data: Buffer): void {
  console.log('signal readyRead, données :', entreGuillemets(data.toString('utf8')))
}
// #endregion

// #region deconnexion
function deconnecte(): void {
  if (etat === 'ClosingState') {
    changerEtat('UnconnectedState')
    console.log('signal disconnected')
  }
  terminer(code)
}
// #endregion

// #region erreurs
const NOMS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'ConnectionRefusedError',
  ECONNRESET: 'RemoteHostClosedError',
  EPIPE: 'RemoteHostClosedError',
  ENOTFOUND: 'HostNotFoundError',
  EAI_AGAIN: 'HostNotFoundError',
  ETIMEDOUT: 'SocketTimeoutError',
}

function signalerErreur(erreur: { code?: string; message: string }): void {
  if (code !== 0) return
  code = 1
  const etabli = etat === 'ConnectedState' || etat === 'ClosingState'
  if (!etabli) changerEtat('UnconnectedState')
  console.log(`signal errorOccurred : QAbstractSocket::${NOMS[erreur.code ?? ''] ?? 'UnknownSocketError'}`)
  console.log(phrase(erreur.code))
  if (etat === 'ConnectedState') changerEtat('ClosingState')
}
// #endregion

// #region minuteur
function delaiExpire(): void {
  // Sans ce minuteur, Node attendrait l'abandon du système : plus de deux minutes sous Linux.
  console.log("Délai expiré : aucune réponse, vérifier l'adresse (minuteur du client)")
  code = 1
  changerEtat('UnconnectedState')
  socket.destroy()
}
// #endregion

// #region principal
const options = lireOptions({ hote: '127.0.0.1', port: 1234, delai: 2000 })
connecterAuServeur(options.hote, options.port)
lireLignes(envoyerMessage, deconnecter)
// #endregion
