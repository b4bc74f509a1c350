// Exercice 8.5.2-3 : un relais UDP pour plusieurs clients.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, type QNetworkDatagram, QUdpSocket } from '#qt-network'

const options = lireOptions({ hote: '127.0.0.1', port: 12346, vers: 12345, oubli: 5000 })
const cible = new QHostAddress(options.hote)
const entree = new QUdpSocket()
let dernier: QNetworkDatagram | null = null

// À vous : ce socket unique rend toutes les réponses au dernier client entendu.
const sortie = new QUdpSocket()
sortie.readyRead.connect(() => {
  while (sortie.hasPendingDatagrams()) {
    const reponse = sortie.receiveDatagram()
    if (dernier) entree.writeDatagram(dernier.makeReply(reponse.data()))
  }
})

function transmettre(): void {
  while (entree.hasPendingDatagrams()) {
    dernier = entree.receiveDatagram()
    // À vous : répondre « CLIENTS n » à la question « ? », et oublier qui se tait depuis --oubli ms.
    sortie.writeDatagram(dernier.data(), cible, options.vers)
  }
}

if (entree.bind(QHostAddress.AnyIPv4, options.port)) {
  entree.readyRead.connect(transmettre)
  console.log('Relais attaché au port :', entree.localPort())
} else {
  console.log(phrase(entree.error(), options.port))
  terminer(3)
}
