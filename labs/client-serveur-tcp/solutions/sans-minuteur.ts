// Exercice 8.6.3-1 : envoyer au bon moment, et savoir finir.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QAbstractSocket, QTcpSocket, toUtf8 } from '#qt-network'

const options = lireOptions({ hote: '127.0.0.1', port: 1234, message: 'Hello, Serveur !' })
const socket = new QTcpSocket()

const morceaux: Buffer[] = []

socket.connected.connect(() => socket.write(toUtf8(options.message)))
socket.readyRead.connect(() => morceaux.push(socket.readAll()))
socket.disconnected.connect(() => {
  console.log(fromUtf8(Buffer.concat(morceaux)))
  terminer(0)
})
socket.errorOccurred.connect((erreur) => {
  // Le serveur a fermé : c'est la fin normale.
  if (erreur === QAbstractSocket.SocketError.RemoteHostClosedError) return
  console.log(phrase(erreur))
  terminer(1)
})
socket.connectToHost(options.hote, options.port)
