// Exercice 8.5.1-2 : une ligne JSON par datagramme reçu.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QUdpSocket } from '#qt-network'

const options = lireOptions({ port: 12345 })
const udpSocket = new QUdpSocket()

function lireDatagram(): void {
  // À vous : vider la file, sans perdre un octet, et afficher une ligne JSON par datagramme.
  const { address, port, data } = udpSocket.readDatagram(16)
  console.log(`Reçu de ${address.toString()} : ${port}, ${data.toString('utf8')}`)
}

// À vous : l'adresse de l'émetteur doit s'afficher sans « ::ffff: ».
if (udpSocket.bind(QHostAddress.Any, options.port)) {
  udpSocket.readyRead.connect(lireDatagram)
  console.log('Récepteur attaché au port :', udpSocket.localPort())
} else {
  console.log(phrase(udpSocket.error(), options.port))
  terminer(3)
}
