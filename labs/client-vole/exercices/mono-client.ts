// Exercice 8.6.5-2 : un client à la fois, chacun son tour.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QHostAddress, QTcpServer, type QTcpSocket, toUtf8 } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()
let client: QTcpSocket | null = null

function accueillir(): void {
  // À vous : le nouveau venu prend la place de celui qui est servi.
  client = serveur.nextPendingConnection()
  client?.readyRead.connect(repondre)
  client?.disconnected.connect(partir)
}

function repondre(): void {
  if (!client) return
  const texte = fromUtf8(client.readAll())
  client.write(toUtf8(`Message reçu sur le serveur : ${texte}`))
}

function partir(): void {
  console.log('Client déconnecté')
  // À vous : au suivant.
}

serveur.newConnection.connect(accueillir)
if (serveur.listen(QHostAddress.AnyIPv4, options.port)) {
  console.log('Serveur lancé sur le port :', serveur.serverPort())
} else {
  console.log(phrase(serveur.serverError(), options.port))
  terminer(3)
}
