// Exercice 8.6.7-0 : remettre dans l'ordre les lignes du refus, et en retirer deux.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QTcpServer, type QTcpSocket } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()
let client: QTcpSocket | null = null

/** L'équivalent de waitForDisconnected : bloque tout le programme. */
function attendreLaDeconnexion(ms: number): void {
  const fin = Date.now() + ms
  while (Date.now() < fin);
}

serveur.newConnection.connect(() => {
  const nouveau = serveur.nextPendingConnection()
  if (!nouveau) return
  if (client) {
    // À vous : cinq lignes mélangées, deux de trop.
    attendreLaDeconnexion(2000)
    nouveau.disconnectFromHost()
    nouveau.abort()
    nouveau.write('OCCUPÉ\n')
    nouveau.disconnected.connect(() => nouveau.deleteLater())
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
