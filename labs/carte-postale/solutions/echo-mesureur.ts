// Exercice 8.4.1-1 : répondre la taille et le début de chaque datagramme.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QUdpSocket, toUtf8 } from '#qt-network'

const options = lireOptions({ port: 12345 })
const socket = new QUdpSocket()

socket.readyRead.connect(() => {
  while (socket.hasPendingDatagrams()) {
    const { data, address, port } = socket.readDatagram()
    const hexa = data.subarray(0, 8).toString('hex')
    socket.writeDatagram(toUtf8(`${data.length}:${hexa}`), address, port)
  }
})

if (socket.bind(QHostAddress.AnyIPv4, options.port)) {
  console.log('Écho mesureur prêt, port :', socket.localPort())
} else {
  console.log(phrase(socket.error(), options.port))
  terminer(1)
}
