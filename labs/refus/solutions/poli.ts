// Exercice 8.6.7-1 : refuser poliment le client de trop.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QTcpServer, type QTcpSocket } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()
let client: QTcpSocket | null = null

function accueillir(): void {
  for (let nouveau = serveur.nextPendingConnection(); nouveau; nouveau = serveur.nextPendingConnection()) {
    if (client) refuser(nouveau)
    else accepter(nouveau)
  }
}

function accepter(nouveau: QTcpSocket): void {
  client = nouveau
  nouveau.readyRead.connect(() => nouveau.write(nouveau.readAll()))
  nouveau.disconnected.connect(() => partir(nouveau))
  nouveau.write('BIENVENUE\n')
}

function refuser(nouveau: QTcpSocket): void {
  nouveau.disconnected.connect(() => nouveau.deleteLater())
  nouveau.write('OCCUPÉ\n')
  nouveau.disconnectFromHost()
}

/** Seul le départ du client servi libère la place. */
function partir(parti: QTcpSocket): void {
  parti.deleteLater()
  if (client === parti) client = null
}

serveur.newConnection.connect(accueillir)
if (serveur.listen(QHostAddress.AnyIPv4, options.port)) {
  console.log('Serveur lancé sur le port :', serveur.serverPort())
} else {
  console.log(phrase(serveur.serverError(), options.port))
  terminer(3)
}
