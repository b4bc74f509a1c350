// Exercice 8.1-2 : dire si un port est ouvert, fermé ou silencieux.
import { connect } from 'node:net'
import { lireOptions } from '#commun/options'

const options = lireOptions({ hote: '127.0.0.1', port: 8080 })

/** Silence au bout duquel on renonce, en ms. */
const PATIENCE = 2000

if (options.port === 0) {
  console.error('Usage : --port, de 1 à 65535.')
  process.exit(2)
}
const socket = connect(options.port, options.hote)
const minuteur = setTimeout(() => {
  console.log('SILENCIEUX')
  socket.destroy()
}, PATIENCE)
socket.on('connect', () => {
  clearTimeout(minuteur)
  console.log('OUVERT')
  socket.end()
})
socket.on('error', (erreur: NodeJS.ErrnoException) => {
  clearTimeout(minuteur)
  console.log(erreur.code === 'ECONNREFUSED' ? 'FERME' : 'SILENCIEUX')
})
