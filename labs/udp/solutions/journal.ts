// Exercice 8.5.1-2 : une ligne JSON par datagramme reçu.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QUdpSocket } from '#qt-network'

const options = lireOptions({ port: 12345 })
const udpSocket = new QUdpSocket()

function lireDatagram(): void {
  while (udpSocket.hasPendingDatagrams()) {
    const { data, address, port, size } = udpSocket.readDatagram()
    console.log(JSON.stringify({ de: address.toString(), port, taille: size, hexa: data.toString('hex') }))
  }
}

if (udpSocket.bind(QHostAddress.AnyIPv4, options.port)) {
  udpSocket.readyRead.connect(lireDatagram)
  console.log('Récepteur attaché au port :', udpSocket.localPort())
} else {
  console.log(phrase(udpSocket.error(), options.port))
  terminer(3)
}
