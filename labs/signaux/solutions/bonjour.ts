// Exercice 8.6.2-1 : dire bonjour, lire une ligne, s'en aller.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QTcpSocket } from '#qt-network'

const options = lireOptions({ hote: '127.0.0.1', port: 1234 })
const socket = new QTcpSocket()
let aRepondu = false

socket.connected.connect(() => socket.write('Bonjour\n'))
socket.readyRead.connect(() => {
  if (!socket.canReadLine() || aRepondu) return
  aRepondu = true
  console.log(fromUtf8(socket.readLine()).trimEnd())
  socket.disconnectFromHost()
})
socket.disconnected.connect(() => terminer(aRepondu ? 0 : 1))
socket.errorOccurred.connect((erreur) => {
  if (aRepondu) return
  console.log(phrase(erreur))
  terminer(1)
})
socket.connectToHost(options.hote, options.port)
