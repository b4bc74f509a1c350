// Exercice 8.6.6-1 : répondre à celui qui a parlé.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QHostAddress, QTcpServer, type QTcpSocket, toUtf8 } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()
const clients = new Set<QTcpSocket>()

function accueillir(client: QTcpSocket): void {
  clients.add(client)
  client.readyRead.connect(() => {
    while (client.canReadLine()) {
      const ligne = fromUtf8(client.readLine()).trimEnd()
      client.write(toUtf8(ligne === '?' ? `CLIENTS ${clients.size}\n` : `RECU ${ligne}\n`))
    }
  })
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
