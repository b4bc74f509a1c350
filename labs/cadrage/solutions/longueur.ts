// Exercice 8.7-2 : une longueur, puis le message.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QTcpServer, type QTcpSocket } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()
/** Longueur annoncée, en octets, au-delà de laquelle on raccroche. */
const MAX = 65_536

function accueillir(client: QTcpSocket): void {
  let tampon = Buffer.alloc(0)
  client.disconnected.connect(() => client.deleteLater())
  client.readyRead.connect(() => {
    tampon = Buffer.concat([tampon, client.readAll()])
    while (tampon.length >= 4) {
      const longueur = tampon.readUInt32BE(0)
      if (longueur > MAX) {
        client.abort()
        return
      }
      if (tampon.length < 4 + longueur) return
      client.write(tampon.subarray(0, 4 + longueur))
      tampon = tampon.subarray(4 + longueur)
    }
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
