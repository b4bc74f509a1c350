// Exercice 8.6.2-2 : à chaque panne son nom et son code.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QTcpSocket } from '#qt-network'

const options = lireOptions({ hote: '127.0.0.1', port: 1234 })
const socket = new QTcpSocket()

socket.readyRead.connect(() => {
  console.log('REPONSE', socket.readAll().length)
  terminer(0)
})
socket.errorOccurred.connect(() => {
  // À vous : REFUS (10), HOTE (11), DELAI (12), FERME (13).
  console.log('ERREUR', phrase(socket.error()))
  terminer(1)
})
// À vous : un trou noir ne doit pas faire attendre plus de 2 secondes.
socket.connectToHost(options.hote, options.port)
