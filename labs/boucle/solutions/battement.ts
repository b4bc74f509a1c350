// Exercice 8.5-1 : un battement régulier, malgré les visites.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QTimer, QUdpSocket, toUtf8 } from '#qt-network'

const options = lireOptions({ port: 12345 })
const socket = new QUdpSocket()
const horloge = new QTimer()
let rang = 0

horloge.timeout.connect(() => console.log('TIC'))
socket.readyRead.connect(() => {
  while (socket.hasPendingDatagrams()) {
    const { address, port } = socket.readDatagram()
    rang += 1
    socket.writeDatagram(toUtf8(String(rang)), address, port)
  }
})

if (socket.bind(QHostAddress.AnyIPv4, options.port)) {
  console.log('Battement prêt, port :', socket.localPort())
  horloge.start(100)
} else {
  console.log(phrase(socket.error(), options.port))
  terminer(1)
}
