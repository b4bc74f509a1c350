// Exercice 8.5.2-1 : numéroter les datagrammes de chaque émetteur.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QUdpSocket } from '#qt-network'

const options = lireOptions({ port: 12345 })
const udpSocket = new QUdpSocket()
const rangs = new Map<string, number>()

function lireDatagram(): void {
  while (udpSocket.hasPendingDatagrams()) {
    const datagramme = udpSocket.receiveDatagram()
    const emetteur = `${datagramme.senderAddress().toString()} ${datagramme.senderPort()}`
    const rang = (rangs.get(emetteur) ?? 0) + 1
    rangs.set(emetteur, rang)
    udpSocket.writeDatagram(datagramme.makeReply(`ACK ${rang}`))
  }
}

if (udpSocket.bind(QHostAddress.AnyIPv4, options.port)) {
  udpSocket.readyRead.connect(lireDatagram)
  console.log('Répondeur attaché au port :', udpSocket.localPort())
} else {
  console.log(phrase(udpSocket.error(), options.port))
  terminer(3)
}
