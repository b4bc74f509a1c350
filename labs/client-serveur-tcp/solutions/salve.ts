// Exercice 8.6.4-3 : un numéro pour chacun, même quand ils arrivent tous ensemble.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QTcpServer } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()
let numero = 1

serveur.newConnection.connect(() => {
  for (let client = serveur.nextPendingConnection(); client; client = serveur.nextPendingConnection()) {
    client.write(`${numero}\n`)
    numero += 1
  }
})

if (serveur.listen(QHostAddress.AnyIPv4, options.port)) {
  console.log('Serveur lancé sur le port :', serveur.serverPort())
} else {
  console.log(phrase(serveur.serverError(), options.port))
  terminer(3)
}
