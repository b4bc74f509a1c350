// Récepteur : s'attache à une adresse et à un port qu'il accepte de partager avec d'autres programmes.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { fromUtf8, QAbstractSocket, QHostAddress, QUdpSocket, qDebug, qs } from '#qt-network'

const options = lireOptions({ port: 12345, adresse: '0.0.0.0' })
const socket = new QUdpSocket()
let rang = 0

// #region lecture
socket.readyRead.connect(() => {
  while (socket.hasPendingDatagrams()) {
    const recu = socket.receiveDatagram()
    rang += 1
    const de = `${recu.senderAddress()}:${recu.senderPort()}`
    qDebug(`Reçu n° ${rang} de ${de} :`, qs(fromUtf8(recu.data())))
  }
})
// #endregion

// #region attache
const { ShareAddress, ReuseAddressHint } = QAbstractSocket.BindFlag
if (socket.bind(new QHostAddress(options.adresse), options.port, ShareAddress | ReuseAddressHint)) {
  qDebug(`Récepteur prêt sur ${options.adresse}, port :`, socket.localPort())
} else {
  qDebug(phrase(socket.error().valeur, options.port))
  process.exit(1)
}
// #endregion
