// Exercice 8.5-3 : dire pourquoi l'attache a échoué.
import { lireOptions } from '#commun/options'
import { terminer } from '#commun/sortie'
import { QAbstractSocket, QHostAddress, QUdpSocket } from '#qt-network'

const options = lireOptions({ port: 12345, adresse: '127.0.0.1' })
const socket = new QUdpSocket()

if (socket.bind(new QHostAddress(options.adresse), options.port)) {
  console.log('PRET', socket.localPort())
} else {
  const estPris = socket.error() === QAbstractSocket.SocketError.AddressInUseError
  console.log('ERREUR', estPris ? 'PORT_OCCUPE' : 'ADRESSE')
  terminer(3)
}
