// Exercice 8.6.5-3 : cinq mille clients plus tard.
import { lireOptions } from '../../commun/options.ts'
import { phrase } from '../../commun/phrases.ts'
import { terminer } from '../../commun/sortie.ts'
import { QHostAddress, QTcpServer, type QTcpSocket } from '../../qt-network/index.ts'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()
const historique: QTcpSocket[] = []

serveur.newConnection.connect(() => {
  for (let client = serveur.nextPendingConnection(); client; client = serveur.nextPendingConnection()) {
    const nouveau = client
    // À vous : ce serveur garde tout le monde, pour toujours.
    historique.push(nouveau)
    nouveau.readyRead.connect(() => nouveau.write(nouveau.readAll()))
    nouveau.disconnected.connect(() => console.log('Client déconnecté'))
  }
})

if (serveur.listen(QHostAddress.AnyIPv4, options.port)) {
  console.log('Serveur lancé sur le port :', serveur.serverPort())
} else {
  console.log(`${phrase(serveur.serverError())} (${serveur.errorString()})`)
  terminer(3)
}
