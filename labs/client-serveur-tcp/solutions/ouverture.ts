// Exercice 8.6.4-2 : choisir son adresse, et dire pourquoi l'écoute échoue.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QAbstractSocket, QHostAddress, QTcpServer } from '#qt-network'

const options = lireOptions({ port: 1234, adresse: '127.0.0.1' })
const serveur = new QTcpServer()

serveur.newConnection.connect(() => {
  const client = serveur.nextPendingConnection()
  client?.write('BIENVENUE\n')
  client?.disconnectFromHost()
})

if (serveur.listen(new QHostAddress(options.adresse), options.port)) {
  console.log('Serveur lancé sur le port :', serveur.serverPort())
} else {
  const estPris = serveur.serverError() === QAbstractSocket.SocketError.AddressInUseError
  console.log(estPris ? 'ERREUR PORT_OCCUPE' : phrase(serveur.serverError(), options.port))
  terminer(3)
}
