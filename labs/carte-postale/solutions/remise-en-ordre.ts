// Exercice 8.4.1-2 : livrer dans l'ordre ce qu'UDP apporte en désordre.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QHostAddress, QTimer, QUdpSocket } from '#qt-network'

const options = lireOptions({ port: 12345 })
const socket = new QUdpSocket()
/** Combien de numéros d'avance sont gardés. */
const FENETRE = 8
/** Combien de temps un trou est attendu, en ms. */
const PATIENCE = 300
const reserve = new Set<number>()
let attendu = 0
let estArme = false

/** Livre tout ce qui suit sans trou, et laisse un délai au trou qui reste. */
function livrer(): void {
  while (reserve.delete(attendu)) {
    console.log(attendu)
    attendu += 1
  }
  if (reserve.size === 0 || estArme) return
  const trou = attendu
  estArme = true
  QTimer.singleShot(PATIENCE, () => {
    estArme = false
    if (attendu === trou) {
      console.log('TROU', trou)
      attendu += 1
    }
    livrer()
  })
}

socket.readyRead.connect(() => {
  while (socket.hasPendingDatagrams()) {
    const numero = Number(fromUtf8(socket.receiveDatagram().data()))
    if (!Number.isInteger(numero) || numero < attendu || numero >= attendu + FENETRE) continue
    reserve.add(numero)
    livrer()
  }
})

if (socket.bind(QHostAddress.AnyIPv4, options.port)) {
  console.log('Remise en ordre prête, port :', socket.localPort())
} else {
  console.log(phrase(socket.error(), options.port))
  terminer(1)
}
