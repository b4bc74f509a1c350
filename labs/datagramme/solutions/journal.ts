// Exercice 8.5.2-2 : ce qu'une enveloppe dit d'elle-même.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QUdpSocket } from '#qt-network'

const options = lireOptions({ port: 12345 })
const udpSocket = new QUdpSocket()

function lireDatagram(): void {
  while (udpSocket.hasPendingDatagrams()) {
    const datagramme = udpSocket.receiveDatagram()
    const destination = datagramme.destinationAddress()
    const champs = [
      datagramme.senderAddress().toString(),
      destination.isNull() ? '?' : destination.toString(),
      datagramme.data().length,
      '?', // les sauts restants : Node ne les dit pas
    ]
    console.log(champs.join(';'))
  }
}

if (udpSocket.bind(QHostAddress.AnyIPv4, options.port)) {
  udpSocket.readyRead.connect(lireDatagram)
  console.log('Journal attaché au port :', udpSocket.localPort())
} else {
  console.log(phrase(udpSocket.error(), options.port))
  terminer(3)
}
