// Exercice 8.5.2-3 : un relais UDP pour plusieurs clients.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QHostAddress, type QNetworkDatagram, QUdpSocket } from '#qt-network'

const options = lireOptions({ hote: '127.0.0.1', port: 12346, vers: 12345, oubli: 5000 })
const cible = new QHostAddress(options.hote)
const entree = new QUdpSocket()
const clients = new Map<string, Client>()

interface Client {
  /** Son propre socket vers la cible : le port local le désigne. */
  socket: QUdpSocket
  dernier: QNetworkDatagram
  vu: number
}

function connaitre(datagramme: QNetworkDatagram): Client {
  const cle = `${datagramme.senderAddress().toString()} ${datagramme.senderPort()}`
  const connu = clients.get(cle)
  const client = connu ?? { socket: new QUdpSocket(), dernier: datagramme, vu: 0 }
  client.dernier = datagramme
  client.vu = Date.now()
  if (!connu) {
    clients.set(cle, client)
    client.socket.readyRead.connect(() => rendre(client))
  }
  return client
}

function rendre({ socket, dernier }: Client): void {
  while (socket.hasPendingDatagrams())
    entree.writeDatagram(dernier.makeReply(socket.receiveDatagram().data()))
}

function oublier(): void {
  for (const [cle, { socket, vu }] of clients) {
    if (Date.now() - vu < options.oubli) continue
    socket.close()
    clients.delete(cle)
  }
}

function transmettre(): void {
  while (entree.hasPendingDatagrams()) {
    const datagramme = entree.receiveDatagram()
    oublier()
    if (fromUtf8(datagramme.data()) === '?') {
      entree.writeDatagram(datagramme.makeReply(`CLIENTS ${clients.size}`))
    } else {
      connaitre(datagramme).socket.writeDatagram(datagramme.data(), cible, options.vers)
    }
  }
}

if (entree.bind(QHostAddress.AnyIPv4, options.port)) {
  entree.readyRead.connect(transmettre)
  console.log('Relais attaché au port :', entree.localPort())
} else {
  console.log(phrase(entree.error(), options.port))
  terminer(3)
}
