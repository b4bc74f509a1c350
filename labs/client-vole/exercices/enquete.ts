// Exercice 8.6.5-1 : quatre lignes suspectes, quatre symptômes.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QHostAddress, QTcpServer, type QTcpSocket, toUtf8 } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()
let client: QTcpSocket | null = null

serveur.newConnection.connect(() => {
  client = serveur.nextPendingConnection()
  client?.readyRead.connect(() => {
    const texte = fromUtf8(client?.readAll() ?? Buffer.alloc(0)) // ①
    console.log('Reçu :', texte)
    client?.write(toUtf8(`Message reçu sur le serveur : ${texte}`))
  })
  client?.disconnected.connect(() => {
    console.log('Client déconnecté')
    client?.deleteLater() // ②
    client = null
  })
  client?.errorOccurred.connect(() => {
    console.log('Erreur client :', phrase(client?.error())) // ③
    client?.disconnect() // ④
  })
})

if (serveur.listen(QHostAddress.AnyIPv4, options.port)) {
  console.log('Serveur lancé sur le port :', serveur.serverPort())
} else {
  console.log(phrase(serveur.serverError(), options.port))
  terminer(3)
}
