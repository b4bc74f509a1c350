// Exercice 8.6.1-1 : qui entre, qui sort, combien restent.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QTcpServer, type QTcpSocket } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()
const presents = new Set<QTcpSocket>()

serveur.newConnection.connect(() => {
  for (let client = serveur.nextPendingConnection(); client; client = serveur.nextPendingConnection()) {
    const present = client
    const qui = `${present.peerAddress().toString()}:${present.peerPort()}`
    presents.add(present)
    console.log(`+ ${qui} (${presents.size})`)
    present.disconnected.connect(() => {
      presents.delete(present)
      console.log(`- ${qui} (${presents.size})`)
      present.deleteLater()
    })
  }
})

if (serveur.listen(QHostAddress.AnyIPv4, options.port)) {
  console.log('Serveur lancé sur le port :', serveur.serverPort())
} else {
  console.log(phrase(serveur.serverError(), options.port))
  terminer(3)
}
