// Exercice 8.6.6-3 : pas plus de clients que de places.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QTcpServer, type QTcpSocket } from '#qt-network'

const options = lireOptions({ port: 1234, max: 3 })
const serveur = new QTcpServer()
const clients = new Set<QTcpSocket>()

function refuser(client: QTcpSocket): void {
  client.disconnected.connect(() => client.deleteLater())
  client.write('COMPLET\n')
  client.disconnectFromHost()
}

function accueillir(client: QTcpSocket): void {
  clients.add(client)
  console.log('Clients :', clients.size)
  client.readyRead.connect(() => client.write(client.readAll()))
  client.disconnected.connect(() => {
    clients.delete(client)
    client.deleteLater()
  })
}

serveur.newConnection.connect(() => {
  for (let client = serveur.nextPendingConnection(); client; client = serveur.nextPendingConnection()) {
    if (clients.size < options.max) accueillir(client)
    else refuser(client)
  }
})
if (serveur.listen(QHostAddress.AnyIPv4, options.port)) {
  console.log('Serveur lancé sur le port :', serveur.serverPort())
} else {
  console.log(phrase(serveur.serverError(), options.port))
  terminer(3)
}
