// Serveur : QTcpServer écoute, et chaque client a son propre QTcpSocket. L'inventaire montre qui est qui.
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { fromUtf8, QHostAddress, QTcpServer, type QTcpSocket, qDebug, qs, toUtf8 } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()
const clients = new Map<number, QTcpSocket>()
/** Un client qui n'envoie jamais de fin de ligne est écarté au-delà de cette taille, en octets. */
const LIGNE_MAX = 65_536
let rang = 0

// #region arrivee
serveur.newConnection.connect(() => {
  for (let socket = serveur.nextPendingConnection(); socket; socket = serveur.nextPendingConnection()) {
    accueillir(socket, ++rang)
  }
})

function accueillir(socket: QTcpSocket, numero: number): void {
  clients.set(numero, socket)
  qDebug(`Client ${numero} entré`)
  inventaire()
  socket.readyRead.connect(() => lire(socket, numero))
  socket.disconnected.connect(() => {
    clients.delete(numero)
    socket.deleteLater()
    qDebug(`Client ${numero} parti`)
    inventaire()
  })
}
// #endregion

// #region lecture
function lire(socket: QTcpSocket, numero: number): void {
  while (socket.canReadLine()) {
    const ligne = fromUtf8(socket.readLine()).replace(/\r?\n$/, '')
    qDebug(`Client ${numero} :`, qs(ligne))
    socket.write(toUtf8(`Bien reçu, client ${numero}\n`))
  }
  if (socket.bytesAvailable() > LIGNE_MAX) socket.abort()
}
// #endregion

// #region inventaire
function inventaire(): void {
  const ecoute = serveur.isListening()
  // Chaque conversation a deux extrémités : si les clients sont sur cette machine, ss montre les deux.
  const lignes = 2 * clients.size + (ecoute ? 1 : 0)
  qDebug(
    `Inventaire, écoute : ${ecoute ? 'oui' : 'non'}, conversations : ${clients.size}, lignes de ss : ${lignes}`,
  )
  if (ecoute) qDebug(`  écoute    ${serveur.serverAddress()}:${serveur.serverPort()}`)
  for (const [numero, socket] of clients) {
    const local = `${socket.localAddress()}:${socket.localPort()}`
    qDebug(`  client ${numero}  ${local} <-> ${socket.peerAddress()}:${socket.peerPort()}`)
  }
}
// #endregion

// #region commandes
function obeir(commande: string): void {
  if (commande === 'INVENTAIRE') inventaire()
  else if (commande === 'FERMER') {
    serveur.close()
    qDebug('Écoute fermée : plus aucun client ne peut entrer')
    inventaire()
  } else qDebug('Commande inconnue : taper INVENTAIRE ou FERMER')
}
// #endregion

if (!serveur.listen(QHostAddress.AnyIPv4, options.port)) {
  qDebug(phrase(serveur.serverError().valeur, options.port))
  process.exit(1)
}
qDebug('Serveur prêt (INVENTAIRE, FERMER), port :', serveur.serverPort())
lireLignes(obeir, () => undefined)
