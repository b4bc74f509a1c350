// Exercice 8.4.1-3 : poser une question, attendre, recommencer, renoncer.
import { lireOptions } from '#commun/options'
import { terminer } from '#commun/sortie'
import { fromUtf8, QHostAddress, QTimer, QUdpSocket, toUtf8 } from '#qt-network'

const options = lireOptions({ hote: '127.0.0.1', port: 12345, message: 'Quelle heure est-il ?' })
const socket = new QUdpSocket()
const destinataire = new QHostAddress(options.hote)
let essai = 0

const minuteur = new QTimer()

function demander(): void {
  essai += 1
  socket.writeDatagram(toUtf8(`${essai}:${options.message}`), destinataire, options.port)
}

socket.readyRead.connect(() => {
  while (socket.hasPendingDatagrams()) {
    const recu = socket.receiveDatagram()
    const texte = fromUtf8(recu.data())
    const prefixe = `${essai}:`
    const estDuDestinataire = recu.senderAddress().equals(destinataire) && recu.senderPort() === options.port
    if (!estDuDestinataire || !texte.startsWith(prefixe)) continue
    minuteur.stop()
    console.log(texte.slice(prefixe.length))
    terminer(0)
  }
})
minuteur.timeout.connect(() => {
  if (essai < 3) demander()
  else terminer(1)
})
socket.bind(QHostAddress.AnyIPv4, 0)
demander()
minuteur.start(500)
