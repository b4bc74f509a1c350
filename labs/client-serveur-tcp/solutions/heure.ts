// Exercice 8.6.4-1 : donner l'heure, puis raccrocher.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QTcpServer } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()

serveur.newConnection.connect(() => {
  for (let client = serveur.nextPendingConnection(); client; client = serveur.nextPendingConnection()) {
    const arrive = client
    arrive.disconnected.connect(() => arrive.deleteLater())
    arrive.write(`${new Date().toTimeString().slice(0, 8)}\n`)
    arrive.disconnectFromHost()
  }
})

if (serveur.listen(QHostAddress.AnyIPv4, options.port)) {
  console.log('Serveur lancé sur le port :', serveur.serverPort())
} else {
  console.log(phrase(serveur.serverError(), options.port))
  terminer(3)
}
