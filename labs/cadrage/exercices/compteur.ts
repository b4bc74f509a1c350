// Exercice 8.7-1 : retrouver les lignes dans le flux.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QHostAddress, QTcpServer, type QTcpSocket, toUtf8 } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()

function accueillir(client: QTcpSocket): void {
  client.disconnected.connect(() => client.deleteLater())
  client.readyRead.connect(() => {
    // À vous : une lecture n'est pas une ligne ; ce découpage perd et abîme des messages.
    const octets = client.readAll()
    for (const ligne of fromUtf8(octets).split('\n')) {
      client.write(toUtf8(`${Buffer.byteLength(ligne)} ${ligne.length}\n`))
    }
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
