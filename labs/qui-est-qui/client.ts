// Client : montre les deux extrémités de sa conversation, puis envoie chaque ligne tapée.
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QAbstractSocket, QTcpSocket, qDebug, qs, toUtf8 } from '#qt-network'

const options = lireOptions({ hote: '127.0.0.1', port: 1234 })
const socket = new QTcpSocket()
const { RemoteHostClosedError } = QAbstractSocket.SocketError

// #region connexion
socket.connected.connect(() => {
  const local = `${socket.localAddress()}:${socket.localPort()}`
  qDebug(`Connecté : ${local} -> ${socket.peerAddress()}:${socket.peerPort()}`)
})
socket.disconnected.connect(() => {
  qDebug('Conversation terminée')
  terminer(0)
})
socket.errorOccurred.connect((erreur) => {
  // La fin normale passe aussi par ici : « disconnected » s'en charge.
  if (erreur === RemoteHostClosedError) return
  qDebug(phrase(erreur.valeur))
  terminer(1)
})
// #endregion

// #region lecture
socket.readyRead.connect(() => {
  while (socket.canReadLine()) qDebug('Reçu :', qs(fromUtf8(socket.readLine()).trimEnd()))
})
// #endregion

socket.connectToHost(options.hote, options.port)
lireLignes(
  (ligne) => socket.write(toUtf8(`${ligne}\n`)),
  () => socket.disconnectFromHost(),
)
