// Exercice 8.6.2-1 : dire bonjour, lire une ligne, s'en aller.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QTcpSocket } from '#qt-network'

const options = lireOptions({ hote: '127.0.0.1', port: 1234 })
const socket = new QTcpSocket()

socket.readyRead.connect(() => {
  // À vous : une ligne peut arriver en plusieurs morceaux.
  console.log(fromUtf8(socket.readAll()))
  terminer(0)
})
socket.errorOccurred.connect((erreur) => {
  console.log(phrase(erreur))
  terminer(1)
})
// À vous : envoyer « Bonjour » et une fin de ligne, au bon moment.
socket.connectToHost(options.hote, options.port)
