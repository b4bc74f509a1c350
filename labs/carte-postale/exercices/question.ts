// Exercice 8.4.1-3 : poser une question, attendre, recommencer, renoncer.
import { lireOptions } from '#commun/options'
import { terminer } from '#commun/sortie'
import { fromUtf8, QHostAddress, QTimer, QUdpSocket, toUtf8 } from '#qt-network'

const options = lireOptions({ hote: '127.0.0.1', port: 12345, message: 'Quelle heure est-il ?' })
const socket = new QUdpSocket()
const destinataire = new QHostAddress(options.hote)
let essai = 0

function demander(): void {
  essai += 1
  socket.writeDatagram(toUtf8(`${essai}:${options.message}`), destinataire, options.port)
}

socket.readyRead.connect(() => {
  while (socket.hasPendingDatagrams()) {
    // À vous : est-ce bien l'adresse, le port et le numéro attendus ?
    console.log('Réponse :', fromUtf8(socket.receiveDatagram().data()))
    terminer(0)
  }
})
socket.bind(QHostAddress.AnyIPv4, 0)
demander()
// À vous : recommencer toutes les 500 ms, trois essais en tout.
QTimer.singleShot(500, () => terminer(1))
