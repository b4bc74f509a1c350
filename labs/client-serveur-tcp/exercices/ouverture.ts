// Exercice 8.6.4-2 : choisir son adresse, et dire pourquoi l'écoute échoue.
import { lireOptions } from '#commun/options'
import { QHostAddress, QTcpServer } from '#qt-network'

const options = lireOptions({ port: 1234, adresse: '127.0.0.1' })
const serveur = new QTcpServer()

serveur.newConnection.connect(() => {
  const client = serveur.nextPendingConnection()
  client?.write('BIENVENUE\n')
  client?.disconnectFromHost()
})

// À vous : l'adresse demandée n'est pas lue, et l'échec passe inaperçu.
serveur.listen(QHostAddress.AnyIPv4, options.port)
console.log('Serveur lancé sur le port :', serveur.serverPort())
