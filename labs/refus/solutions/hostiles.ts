// Exercice 8.6.7-2 : des refusés qui s'accrochent.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QTcpServer, type QTcpSocket } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()
let client: QTcpSocket | null = null

function accepter(nouveau: QTcpSocket): void {
  client = nouveau
  nouveau.readyRead.connect(() => nouveau.write(nouveau.readAll()))
  nouveau.disconnected.connect(() => {
    nouveau.deleteLater()
    client = null
  })
  nouveau.write('BIENVENUE\n')
}

function refuser(nouveau: QTcpSocket): void {
  nouveau.disconnected.connect(() => nouveau.deleteLater())
  nouveau.write('OCCUPÉ\n')
  // Sans attendre le refusé, et sans lire ce qu'il envoie : le système rejette la suite.
  nouveau.disconnectFromHost()
}

serveur.newConnection.connect(() => {
  for (let nouveau = serveur.nextPendingConnection(); nouveau; nouveau = serveur.nextPendingConnection()) {
    if (client) refuser(nouveau)
    else accepter(nouveau)
  }
})
if (serveur.listen(QHostAddress.AnyIPv4, options.port)) {
  console.log('Serveur lancé sur le port :', serveur.serverPort())
} else {
  console.log(phrase(serveur.serverError(), options.port))
  terminer(3)
}
