// Exercice 8.6.6-4 : diffuser sans se laisser étouffer par un client lent.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QTcpServer, type QTcpSocket } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()
/** Octets en attente vers un client, au-delà desquels il est exclu. */
const MAX = 4 * 1_048_576
const clients = new Set<QTcpSocket>()

function diffuser(octets: Buffer, auteur: QTcpSocket): void {
  for (const client of clients) {
    if (client === auteur) continue
    if (client.bytesToWrite() > MAX) {
      console.log(`EXCLU ${client.peerAddress().toString()}:${client.peerPort()}`)
      client.abort()
    } else {
      client.write(octets)
    }
  }
}

function accueillir(client: QTcpSocket): void {
  clients.add(client)
  client.readyRead.connect(() => diffuser(client.readAll(), client))
  client.disconnected.connect(() => {
    clients.delete(client)
    client.deleteLater()
  })
}

serveur.newConnection.connect(() => {
  for (let client = serveur.nextPendingConnection(); client; client = serveur.nextPendingConnection()) {
    accueillir(client)
  }
})
if (serveur.listen(QHostAddress.AnyIPv4, options.port)) {
  console.log('Serveur lancé sur le port :', serveur.serverPort())
} else {
  console.log(phrase(serveur.serverError(), options.port))
  terminer(3)
}
