// Exercice 8.6.7-0 : les lignes du refus, remises en ordre.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QTcpServer, type QTcpSocket } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()
let client: QTcpSocket | null = null

serveur.newConnection.connect(() => {
  const nouveau = serveur.nextPendingConnection()
  if (!nouveau) return
  if (client) {
    nouveau.disconnected.connect(() => nouveau.deleteLater())
    nouveau.write('OCCUPÉ\n')
    nouveau.disconnectFromHost()
    return
  }
  client = nouveau
  nouveau.readyRead.connect(() => nouveau.write(nouveau.readAll()))
  nouveau.disconnected.connect(() => {
    nouveau.deleteLater()
    client = null
  })
  nouveau.write('BIENVENUE\n')
})

if (serveur.listen(QHostAddress.AnyIPv4, options.port)) {
  console.log('Serveur lancé sur le port :', serveur.serverPort())
} else {
  console.log(phrase(serveur.serverError(), options.port))
  terminer(3)
}
