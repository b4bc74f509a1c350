// Exercice 8.6.7-1 : refuser poliment le client de trop.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QTcpServer, type QTcpSocket } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()
let client: QTcpSocket | null = null

function accueillir(): void {
  // À vous : ce serveur laisse le nouveau venu remplacer le précédent.
  client = serveur.nextPendingConnection()
  client?.readyRead.connect(repondre)
  client?.write('BIENVENUE\n')
}

function repondre(): void {
  if (client) client.write(client.readAll())
}

// À vous : rien ne réagit encore au départ d'un client.
serveur.newConnection.connect(accueillir)
if (serveur.listen(QHostAddress.AnyIPv4, options.port)) {
  console.log('Serveur lancé sur le port :', serveur.serverPort())
} else {
  console.log(phrase(serveur.serverError(), options.port))
  terminer(3)
}
