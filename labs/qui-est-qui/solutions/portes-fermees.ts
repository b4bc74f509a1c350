// Exercice 8.6.1-2 : fermer la porte sans chasser les présents.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QTcpServer, type QTcpSocket } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()
const presents = new Set<QTcpSocket>()

serveur.newConnection.connect(() => {
  const client = serveur.nextPendingConnection()
  if (!client) return
  presents.add(client)
  client.readyRead.connect(() => {
    const texte = client.readAll().toString('utf8')
    if (texte.trim() === 'STOP') serveur.close()
    else client.write(texte)
  })
  client.disconnected.connect(() => {
    presents.delete(client)
    client.deleteLater()
    if (!serveur.isListening() && presents.size === 0) terminer(0)
  })
})

if (serveur.listen(QHostAddress.AnyIPv4, options.port)) {
  console.log('Serveur lancé sur le port :', serveur.serverPort())
} else {
  console.log(phrase(serveur.serverError(), options.port))
  terminer(3)
}
