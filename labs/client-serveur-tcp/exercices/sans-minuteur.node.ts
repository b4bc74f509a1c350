// Exercice 8.6.3-1 : envoyer au bon moment, et savoir finir.
import { connect } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'

const options = lireOptions({ hote: '127.0.0.1', port: 1234, message: 'Hello, Serveur !' })
const socket = connect({ host: options.hote, port: options.port })

// À vous : le bon moment n'est pas une durée, et la réponse finit quand le serveur ferme.
setTimeout(() => {
  socket.write(options.message)
  terminer(0)
}, 2000)

socket.on('error', (erreur: NodeJS.ErrnoException) => {
  console.log(phrase(erreur.code))
  terminer(1)
})
