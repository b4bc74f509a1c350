// Exercice 8.3-3 : un client qui sait quand il a fini.
import { connect } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'

const options = lireOptions({ hote: '127.0.0.1', port: 12345 })
const socket = connect(options.port, options.hote)
/** Silence au bout duquel on renonce, en ms. */
const PATIENCE = 4000
let total = 0

socket.on('connect', () => {
  for (const ligne of ['un', 'deux', 'trois']) socket.write(`${ligne}\n`)
  socket.end()
})
socket.on('data', (octets) => {
  total += octets.length
})
socket.on('end', () => console.log('TOTAL', total))
socket.setTimeout(PATIENCE, () => {
  console.error('Le serveur ne répond pas.')
  process.exit(1)
})
socket.on('error', (erreur: NodeJS.ErrnoException) => {
  console.error(phrase(erreur.code))
  process.exit(1)
})
