// Exercice 8.7-2 : une longueur, puis le message.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QTcpServer, type QTcpSocket } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()

function accueillir(client: QTcpSocket): void {
  client.disconnected.connect(() => client.deleteLater())
  client.readyRead.connect(() => {
    // À vous : rien ne dit que la longueur et le message sont arrivés en entier.
    const octets = client.readAll()
    const longueur = octets.readUInt32BE(0)
    client.write(octets.subarray(0, 4 + longueur))
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
