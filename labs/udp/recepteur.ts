// Récepteur UDP : attache son socket à un port et affiche chaque datagramme reçu (section 8.5.1).
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QHostAddress, QUdpSocket, qDebug, qs } from '#qt-network'

// #region classe
class Recepteur {
  private readonly udpSocket = new QUdpSocket()
  // #endregion

  // #region attache
  Attacher(port: number): boolean {
    // ATTACHER
    // AnyIPv4 : toutes les interfaces ; avec Any, un pair IPv4 s'afficherait « ::ffff:127.0.0.1 ».
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
      const taille = this.udpSocket.pendingDatagramSize()
      const { size, data, address, port } = this.udpSocket.readDatagram(taille)
      if (size < 0) return
      qDebug('Reçu de', qs(address.toString()), ':', port, 'Taille :', size, qs(fromUtf8(data)))
    }
  }
  // #endregion
}

// #region principal
const options = lireOptions({ port: 12345 })
const recepteur = new Recepteur()
if (!recepteur.Attacher(options.port)) terminer(1)
// #endregion
