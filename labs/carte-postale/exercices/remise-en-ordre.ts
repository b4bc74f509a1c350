// Exercice 8.4.1-2 : livrer dans l'ordre ce qu'UDP apporte en désordre.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QHostAddress, QUdpSocket } from '#qt-network'

const options = lireOptions({ port: 12345 })
const socket = new QUdpSocket()
/** Combien de numéros d'avance sont gardés. */
const FENETRE = 8
let attendu = 0

function livrer(numero: number): void {
  console.log(numero)
}

socket.readyRead.connect(() => {
  while (socket.hasPendingDatagrams()) {
    const numero = Number(fromUtf8(socket.receiveDatagram().data()))
    if (!Number.isInteger(numero) || numero >= attendu + FENETRE) continue
    // À vous : garder un numéro en avance, écarter un doublon, abandonner un trou après 300 ms.
    // Le minuteur est QTimer, de #qt-network.
    attendu = numero + 1
    livrer(numero)
  }
})

if (socket.bind(QHostAddress.AnyIPv4, options.port)) {
  console.log('Remise en ordre prête, port :', socket.localPort())
} else {
  console.log(phrase(socket.error(), options.port))
  terminer(1)
}
