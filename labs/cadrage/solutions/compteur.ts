// Exercice 8.7-1 : retrouver les lignes dans le flux.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QHostAddress, QTcpServer, type QTcpSocket, toUtf8 } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()
/** Longueur d'une ligne, en octets, au-delà de laquelle son auteur est renvoyé. */
const MAX = 65_536

function accueillir(client: QTcpSocket): void {
  let tampon = Buffer.alloc(0)
  client.disconnected.connect(() => client.deleteLater())
  client.readyRead.connect(() => {
    tampon = Buffer.concat([tampon, client.readAll()])
    for (let fin = tampon.indexOf('\n'); fin >= 0 && fin <= MAX; fin = tampon.indexOf('\n')) {
      const ligne = tampon.subarray(0, fin)
      tampon = tampon.subarray(fin + 1)
      client.write(toUtf8(`${ligne.length} ${[...fromUtf8(ligne)].length}\n`))
    }
    if (tampon.length <= MAX) return
    tampon = Buffer.alloc(0)
    client.write('ERREUR TROP_LONG\n')
    client.disconnectFromHost()
  })
}

serveur.newConnection.connect(() => {
  for (let client = serveur.nextPendingConnection(); client; client = serveur.nextPendingConnection()) {
    accueillir(client)
  }
})
if (serveur.listen(QHostAddress.AnyIPv4, options.port)) {
  console.log('Serveur lancé sur le port :', serveur.serverPort())
} else {
  console.log(phrase(serveur.serverError(), options.port))
  terminer(3)
}
