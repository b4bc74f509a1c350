// Exercice 8.6.5-1 : chaque slot connaît le client qu'il sert.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QHostAddress, QTcpServer, toUtf8 } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()

serveur.newConnection.connect(() => {
  const client = serveur.nextPendingConnection()
  if (!client) return
  client.readyRead.connect(() => {
    const texte = fromUtf8(client.readAll())
    console.log('Reçu :', texte)
    client.write(toUtf8(`Message reçu sur le serveur : ${texte}`))
  })
  client.disconnected.connect(() => {
    console.log('Client déconnecté')
    client.deleteLater()
  })
})

if (serveur.listen(QHostAddress.AnyIPv4, options.port)) {
  console.log('Serveur lancé sur le port :', serveur.serverPort())
} else {
  console.log(phrase(serveur.serverError(), options.port))
  terminer(3)
}
