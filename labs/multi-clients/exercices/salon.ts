// Exercice 8.6.6-2 : un salon avec des pseudos.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QHostAddress, QTcpServer, type QTcpSocket, toUtf8 } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()
const clients = new Set<QTcpSocket>()

function diffuser(ligne: string): void {
  for (const client of clients) client.write(toUtf8(`${ligne}\n`))
}

function accueillir(client: QTcpSocket): void {
  clients.add(client)
  client.readyRead.connect(() => {
    // À vous : la première ligne est un pseudo ; les suivantes vont aux autres, pas à leur auteur.
    while (client.canReadLine()) diffuser(fromUtf8(client.readLine()).trimEnd())
  })
  client.disconnected.connect(() => {
    // À vous : annoncer le départ, si le client avait un pseudo.
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
