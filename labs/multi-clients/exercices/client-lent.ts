// Exercice 8.6.6-4 : diffuser sans se laisser étouffer par un client lent.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QTcpServer, type QTcpSocket } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()
const clients = new Set<QTcpSocket>()

function diffuser(octets: Buffer, auteur: QTcpSocket): void {
  for (const client of clients) {
    // À vous : combien d'octets attendent déjà de partir vers ce client ?
    if (client !== auteur) client.write(octets)
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
