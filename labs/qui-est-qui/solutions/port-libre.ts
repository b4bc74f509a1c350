// Exercice 8.6.1-3 : laisser le système choisir le port, et le dire.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QTcpServer } from '#qt-network'

const options = lireOptions({ port: 0 })
const serveur = new QTcpServer()

serveur.newConnection.connect(() => {
  const client = serveur.nextPendingConnection()
  client?.write('BONJOUR\n')
  client?.disconnectFromHost()
})

if (serveur.listen(QHostAddress.AnyIPv4, options.port)) {
  console.log('Serveur lancé sur le port :', serveur.serverPort())
} else {
  console.log(phrase(serveur.serverError(), options.port))
  terminer(3)
}
