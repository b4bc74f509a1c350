// Récepteur : un datagramme envoyé, une réception, avec sa taille et l'adresse de son émetteur.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { fromUtf8, QHostAddress, QUdpSocket, qDebug, qs } from '#qt-network'

const options = lireOptions({ port: 12345, tampon: 0 })
const socket = new QUdpSocket()

// #region lecture
socket.readyRead.connect(() => {
  while (socket.hasPendingDatagrams()) {
    const taille = socket.pendingDatagramSize()
    // Un tampon plus petit que le datagramme n'en garde que le début.
    const lu = socket.readDatagram(options.tampon || taille)
    const coupe = lu.size < taille ? `, lus ${lu.size}` : ''
    qDebug(`Reçu de ${lu.address}:${lu.port}, taille ${taille}${coupe} :`, qs(fromUtf8(lu.data)))
    if (coupe) qDebug('Tampon trop petit : le reste de ce datagramme est perdu')
  }
})
// #endregion

// #region attache
if (socket.bind(QHostAddress.AnyIPv4, options.port)) {
  qDebug('Récepteur prêt, port :', socket.localPort())
} else {
  qDebug(phrase(socket.error().valeur, options.port))
  process.exit(1)
}
// #endregion
