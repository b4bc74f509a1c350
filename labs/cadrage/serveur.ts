// Serveur : compte ses lectures et les messages qu'il y retrouve, selon le cadrage choisi.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { fromUtf8, QHostAddress, QTcpServer, type QTcpSocket, qDebug, qs } from '#qt-network'
import { Decodeur } from './cadreur.ts'

const options = lireOptions({ port: 1234, cadrage: ['lignes', 'longueur', 'aucun'], max: 1024 })
const serveur = new QTcpServer()

// #region lecture
function accueillir(socket: QTcpSocket): void {
  const decodeur = new Decodeur(options.cadrage, options.max)
  let lectures = 0
  let messages = 0
  socket.readyRead.connect(() => {
    const octets = socket.readAll()
    lectures += 1
    qDebug(`Lecture n° ${lectures}, taille ${octets.length}`)
    for (const message of decodeur.lire(octets)) {
      messages += 1
      qDebug(`Message n° ${messages} :`, qs(fromUtf8(message)))
    }
    if (!decodeur.refus) return
    qDebug(`Message refusé : plus de ${options.max} octets, conversation coupée`)
    socket.abort()
  })
  socket.disconnected.connect(() => {
    qDebug(`Bilan, cadrage ${options.cadrage}, messages : ${messages}, lectures : ${lectures}`)
    if (decodeur.reste > 0) qDebug('Octets sans fin de message :', decodeur.reste)
    socket.deleteLater()
  })
}
// #endregion

serveur.newConnection.connect(() => {
  for (let socket = serveur.nextPendingConnection(); socket; socket = serveur.nextPendingConnection()) {
    accueillir(socket)
  }
})
if (!serveur.listen(QHostAddress.AnyIPv4, options.port)) {
  qDebug(phrase(serveur.serverError().valeur, options.port))
  process.exit(1)
}
qDebug(`Serveur prêt, cadrage ${options.cadrage}, port :`, serveur.serverPort())
