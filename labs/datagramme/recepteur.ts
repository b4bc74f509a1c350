// Récepteur UDP qui accuse réception à chaque émetteur (section 8.5.2).
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QHostAddress, QUdpSocket, qDebug, qs, toUtf8 } from '#qt-network'

// #region classe
class Recepteur {
  private readonly udpSocket = new QUdpSocket()
  // #endregion

  // #region attache
  Attacher(port: number): boolean {
    // ATTACHER
    if (!this.udpSocket.bind(QHostAddress.AnyIPv4, port)) {
      qDebug(phrase(this.udpSocket.error(), port))
      return false
    }
    this.udpSocket.readyRead.connect(this, this.lireDatagram)
    qDebug('Récepteur attaché au port :', this.udpSocket.localPort())
    return true
  }
  // #endregion

  // #region lecture
  lireDatagram(): void {
    // ÉCHANGER
    while (this.udpSocket.hasPendingDatagrams()) {
      const datagram = this.udpSocket.receiveDatagram()
      if (!datagram.isValid()) return
      qDebug('Données :', qs(fromUtf8(datagram.data())))
      qDebug(
        'Adresse source :',
        qs(datagram.senderAddress().toString()),
        'Port source :',
        datagram.senderPort(),
      )
      // #region reponse
      const accuse = Buffer.concat([toUtf8('Reçu : '), datagram.data()])
      if (this.udpSocket.writeDatagram(datagram.makeReply(accuse)) < 0) {
        qDebug('Réponse impossible :', phrase(this.udpSocket.error()))
      }
      // #endregion
    }
  }
  // #endregion
}

// #region principal
const options = lireOptions({ port: 12345 })
const recepteur = new Recepteur()
if (!recepteur.Attacher(options.port)) terminer(1)
// #endregion
