// Exercice 8.6.5-3 : cinq mille clients plus tard.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QTcpServer, type QTcpSocket } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()
const historique: { client: QTcpSocket; souvenir: Buffer }[] = []

serveur.newConnection.connect(() => {
  for (let client = serveur.nextPendingConnection(); client; client = serveur.nextPendingConnection()) {
    const nouveau = client
    // À vous : ce serveur garde tout le monde, pour toujours.
    historique.push({ client: nouveau, souvenir: Buffer.alloc(16_384) })
    nouveau.readyRead.connect(() => nouveau.write(nouveau.readAll()))
    nouveau.disconnected.connect(() => console.log('Client déconnecté'))
  }
})

if (serveur.listen(QHostAddress.AnyIPv4, options.port)) {
  console.log('Serveur lancé sur le port :', serveur.serverPort())
} else {
  console.log(phrase(serveur.serverError(), options.port))
  terminer(3)
}
