// Exercice 8.3-3 : un client qui sait quand il a fini.
import { connect } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'

const options = lireOptions({ hote: '127.0.0.1', port: 12345 })
const socket = connect(options.port, options.hote)
let total = 0

socket.on('connect', () => {
  for (const ligne of ['un', 'deux', 'trois']) socket.write(`${ligne}\n`)
  // À vous : annoncer que l'émission est finie, sans cesser de lire.
})
socket.on('data', (octets) => {
  total += octets.length
  // À vous : ceci n'est peut-être qu'un morceau de la réponse.
  console.log('TOTAL', total)
  socket.destroy()
})
socket.on('error', (erreur: NodeJS.ErrnoException) => {
  console.error(phrase(erreur.code))
  process.exit(1)
})
