// Exercice 8.6.7-3 : faire patienter au lieu de refuser.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QTcpServer, type QTcpSocket } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()
const file: QTcpSocket[] = []
let client: QTcpSocket | null = null

/** Annonce son rang à chaque client de la file. */
function annoncer(): void {
  // À vous : « PLACE n », à chacun, et seulement quand il change.
}

function servir(suivant: QTcpSocket): void {
  client = suivant
  suivant.readyRead.connect(() => suivant.write(suivant.readAll()))
  suivant.write('BIENVENUE\n')
}

serveur.newConnection.connect(() => {
  for (let nouveau = serveur.nextPendingConnection(); nouveau; nouveau = serveur.nextPendingConnection()) {
    // À vous : réagir aux départs, du client servi comme de ceux qui attendent.
    if (client) file.push(nouveau)
    else servir(nouveau)
  }
  annoncer()
})
if (serveur.listen(QHostAddress.AnyIPv4, options.port)) {
  console.log('Serveur lancé sur le port :', serveur.serverPort())
} else {
  console.log(phrase(serveur.serverError(), options.port))
  terminer(3)
}
