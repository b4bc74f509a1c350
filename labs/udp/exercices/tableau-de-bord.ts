// Exercice 8.5.1-4 : la dernière valeur de chaque capteur.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QHostAddress, QUdpSocket, toUtf8 } from '#qt-network'

const options = lireOptions({ port: 12345 })
const udpSocket = new QUdpSocket()
const rejets = 0

/** La réponse à ETAT : une ligne par capteur, puis le nombre de rejets. */
function etat(): string {
  // À vous : id=valeur, trié par identifiant ; PERIME pour un capteur muet depuis 2 secondes.
  return `rejets=${rejets}`
}

function lireDatagram(): void {
  while (udpSocket.hasPendingDatagrams()) {
    const { data, address, port } = udpSocket.readDatagram()
    const texte = fromUtf8(data)
    if (texte === 'ETAT') udpSocket.writeDatagram(toUtf8(etat()), address, port)
    // À vous : sinon, retenir la valeur de « id;valeur », ou compter un rejet.
  }
}

if (udpSocket.bind(QHostAddress.AnyIPv4, options.port)) {
  udpSocket.readyRead.connect(lireDatagram)
  console.log('Tableau de bord attaché au port :', udpSocket.localPort())
} else {
  console.log(phrase(udpSocket.error(), options.port))
  terminer(3)
}
