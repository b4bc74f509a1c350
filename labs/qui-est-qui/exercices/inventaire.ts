// Exercice 8.6.1-1 : qui entre, qui sort, combien restent.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QTcpServer } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()

serveur.newConnection.connect(() => {
  const client = serveur.nextPendingConnection()
  if (!client) return
  // À vous : compter les présents, et annoncer aussi les départs.
  console.log(`+ ${client.peerAddress().toString()}:${client.peerPort()}`)
})

// À vous : l'adresse affichée doit être en IPv4.
if (serveur.listen(QHostAddress.Any, options.port)) {
  console.log('Serveur lancé sur le port :', serveur.serverPort())
} else {
  console.log(phrase(serveur.serverError(), options.port))
  terminer(3)
}
