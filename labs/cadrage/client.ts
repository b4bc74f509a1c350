// Client : envoie plusieurs fois le même message, d'un coup, puis chaque ligne tapée.
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QAbstractSocket, QTcpSocket, qDebug } from '#qt-network'
import { encadrer } from './cadreur.ts'

const options = lireOptions({
  hote: '127.0.0.1',
  port: 1234,
  cadrage: ['lignes', 'longueur', 'aucun'],
  message: 'été €',
  nombre: 5,
})
const socket = new QTcpSocket()

// #region envoi
socket.connected.connect(() => {
  for (let i = 0; i < options.nombre; i++) socket.write(encadrer(options.cadrage, options.message))
  qDebug(`Envoyé, cadrage ${options.cadrage}, messages : ${options.nombre}`)
})
// #endregion

socket.disconnected.connect(() => {
  qDebug('Conversation terminée')
  terminer(0)
})
socket.errorOccurred.connect((erreur) => {
  // La fin normale passe aussi par ici : « disconnected » s'en charge.
  if (erreur === QAbstractSocket.SocketError.RemoteHostClosedError) return
  qDebug(phrase(erreur.valeur))
  terminer(1)
})
socket.connectToHost(options.hote, options.port)
lireLignes(
  (ligne) => socket.write(encadrer(options.cadrage, ligne)),
  () => socket.disconnectFromHost(),
)
