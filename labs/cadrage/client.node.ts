// Client : envoie plusieurs fois le même message, d'un coup, puis chaque ligne tapée.
import { connect } from 'node:net'
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { encadrer } from './cadreur.ts'

const options = lireOptions({
  hote: '127.0.0.1',
  port: 1234,
  cadrage: ['lignes', 'longueur', 'aucun'],
  message: 'été €',
  nombre: 5,
})
const socket = connect(options.port, options.hote)

// #region envoi
socket.on('connect', () => {
  for (let i = 0; i < options.nombre; i++) socket.write(encadrer(options.cadrage, options.message))
  console.log(`Envoyé, cadrage ${options.cadrage}, messages : ${options.nombre}`)
})
// #endregion

socket.on('close', () => {
  if (!process.exitCode) console.log('Conversation terminée')
  process.exit()
})
socket.on('error', (erreur: NodeJS.ErrnoException) => {
  if (erreur.code === 'ECONNRESET' || erreur.code === 'EPIPE') return
  console.error(phrase(erreur.code))
  process.exitCode = 1
})
socket.resume()
lireLignes(
  (ligne) => socket.write(encadrer(options.cadrage, ligne)),
  () => socket.end(),
)
