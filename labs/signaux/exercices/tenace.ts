// Exercice 8.6.2-4 : réessayer, de moins en moins souvent.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QTcpSocket, toUtf8 } from '#qt-network'

const options = lireOptions({ hote: '127.0.0.1', port: 1234, message: 'Bonjour' })
const socket = new QTcpSocket()

socket.connected.connect(() => {
  socket.write(toUtf8(`${options.message}\n`))
  socket.disconnectFromHost()
})
socket.disconnected.connect(() => terminer(0))
socket.errorOccurred.connect((erreur) => {
  console.log(phrase(erreur))
  // À vous : réessayer (ligne « ESSAI n » avant chaque essai) après 200, 400, 800 puis 1600 ms,
  // avec QTimer ; abandonner ensuite, code 14.
  terminer(1)
})
socket.connectToHost(options.hote, options.port)
