// Exercice 8.5.1-3 : deux abonnés pour un seul port.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QAbstractSocket, QHostAddress, QUdpSocket } from '#qt-network'

const options = lireOptions({ port: 12345 })
const udpSocket = new QUdpSocket()

function lireDatagram(): void {
  while (udpSocket.hasPendingDatagrams()) {
    console.log('Reçu :', fromUtf8(udpSocket.receiveDatagram().data()))
  }
}

// Les deux instances demandent le partage : une seule ne suffirait pas.
const mode = QAbstractSocket.BindFlag.ShareAddress | QAbstractSocket.BindFlag.ReuseAddressHint
if (udpSocket.bind(QHostAddress.AnyIPv4, options.port, mode)) {
  udpSocket.readyRead.connect(lireDatagram)
  console.log('Récepteur attaché au port :', udpSocket.localPort())
} else {
  console.log(phrase(udpSocket.error(), options.port))
  terminer(3)
}
