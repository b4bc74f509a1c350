// Exercice 8.6.5-2 : un client à la fois, chacun son tour.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QAbstractSocket, QHostAddress, QTcpServer, type QTcpSocket, toUtf8 } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()
let client: QTcpSocket | null = null

/** Tant que la place est prise, les suivants restent dans la file du serveur. */
function accueillir(): void {
  if (client) return
  client = serveur.nextPendingConnection()
  if (!client) return
  client.readyRead.connect(repondre)
  client.disconnected.connect(partir)
  // Ce qui est arrivé pendant son attente n'a été annoncé à personne, son départ non plus.
  if (client.bytesAvailable() > 0) repondre()
  if (client?.state() === QAbstractSocket.SocketState.UnconnectedState) partir()
}

function repondre(): void {
  if (!client) return
  const texte = fromUtf8(client.readAll())
  client.write(toUtf8(`Message reçu sur le serveur : ${texte}`))
}

function partir(): void {
  console.log('Client déconnecté')
  client?.deleteLater()
  client = null
  accueillir()
}

serveur.newConnection.connect(accueillir)
if (serveur.listen(QHostAddress.AnyIPv4, options.port)) {
  console.log('Serveur lancé sur le port :', serveur.serverPort())
} else {
  console.log(phrase(serveur.serverError(), options.port))
  terminer(3)
}
