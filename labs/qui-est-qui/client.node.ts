// Client : montre les deux extrémités de sa conversation, puis envoie chaque ligne tapée.
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { entreGuillemets } from '#commun/texte'

const options = lireOptions({ hote: '127.0.0.1', port: 1234 })
const socket = connect(options.port, options.hote)

// #region connexion
socket.on('connect', () => {
  const local = `${socket.localAddress}:${socket.localPort}`
  console.log(`Connecté : ${local} -> ${socket.remoteAddress}:${socket.remotePort}`)
})
socket.on('close', () => {
  if (!process.exitCode) console.log('Conversation terminée')
  process.exit()
})
socket.on('error', (erreur: NodeJS.ErrnoException) => {
  if (erreur.code === 'ECONNRESET' || erreur.code === 'EPIPE') return
  console.error(phrase(erreur.code))
  process.exitCode = 1
})
// #endregion

// #region lecture
createInterface({ input: socket })
  .on('line', (ligne) => console.log('Reçu :', entreGuillemets(ligne)))
  .on('error', () => undefined) // readline répète les erreurs du socket, déjà dites
// #endregion

lireLignes(
  (ligne) => socket.write(`${ligne}\n`),
  () => socket.end(),
)
