// Récepteur : REJOINDRE et QUITTER, tapés au clavier, l'abonnent à un groupe et le désabonnent.
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QAbstractSocket, QHostAddress, QUdpSocket, qDebug, qs } from '#qt-network'
import { nomInterface } from './interfaces.ts'

const options = lireOptions({ port: 12345, groupe: '239.255.43.21', interface: '127.0.0.1' })
const socket = new QUdpSocket()
const groupe = new QHostAddress(options.groupe)
const carte = nomInterface(options.interface)
let rang = 0

// #region lecture
socket.readyRead.connect(() => {
  while (socket.hasPendingDatagrams()) {
    const recu = socket.receiveDatagram()
    rang += 1
    const de = `${recu.senderAddress()}:${recu.senderPort()}`
    qDebug(`Reçu n° ${rang} de ${de} :`, qs(fromUtf8(recu.data())))
  }
})
// #endregion

// #region groupe
function obeir(ligne: string): void {
  if (ligne === 'REJOINDRE') {
    if (socket.joinMulticastGroup(groupe, carte)) qDebug(`Groupe ${options.groupe} rejoint`)
    else
      qDebug(
        `Groupe ${options.groupe} non rejoint : déjà membre, adresse hors de 224.0.0.0/4 ou interface inadaptée`,
      )
  } else if (ligne === 'QUITTER') {
    if (socket.leaveMulticastGroup(groupe, carte)) qDebug(`Groupe ${options.groupe} quitté`)
    else qDebug(`Groupe ${options.groupe} non quitté : le rejoindre d'abord`)
  } else qDebug('Commande inconnue : taper REJOINDRE ou QUITTER')
}
// #endregion

if (carte === undefined) {
  qDebug(`Aucune interface ne porte l'adresse ${options.interface} : essayer --interface 127.0.0.1`)
  process.exit(1)
}
// #region attache
// Avec QHostAddress.Any, Qt refuserait un groupe IPv4.
const { ShareAddress, ReuseAddressHint } = QAbstractSocket.BindFlag
if (!socket.bind(QHostAddress.AnyIPv4, options.port, ShareAddress | ReuseAddressHint)) {
  qDebug(phrase(socket.error().valeur, options.port))
  process.exit(1)
}
// #endregion
qDebug('Récepteur prêt (REJOINDRE, QUITTER), port :', socket.localPort())
lireLignes(obeir, () => terminer(0))
