// Émetteur UDP qui affiche les réponses (section 8.5.2).
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QHostAddress, QNetworkDatagram, QUdpSocket, qDebug, qs, toUtf8 } from '#qt-network'

// #region classe
class Emetteur {
  private readonly udpSocket = new QUdpSocket()
  private readonly adresse: QHostAddress
  private readonly port: number

  constructor(hote: string, port: number) {
    this.adresse = new QHostAddress(hote)
    this.port = port
    this.udpSocket.bind(QHostAddress.AnyIPv4) // un port libre, en IPv4 : les réponses y reviendront
    this.udpSocket.readyRead.connect(this, this.lireReponse)
  }
  // #endregion

  AdresseValide(): boolean {
    return !this.adresse.isNull()
  }

  // #region envoi
  Envoyer(message: string): void {
    // ÉCHANGER
    const datagram = new QNetworkDatagram(toUtf8(message), this.adresse, this.port)
    const taille = this.udpSocket.writeDatagram(datagram)
    if (taille < 0) {
      qDebug('Envoi impossible :', phrase(this.udpSocket.error()))
      terminer(1)
      return
    }
    qDebug('Datagramme envoyé, taille :', taille, 'depuis le port :', this.udpSocket.localPort())
  }
  // #endregion

  // #region lecture
  lireReponse(): void {
    while (this.udpSocket.hasPendingDatagrams()) {
      const datagram = this.udpSocket.receiveDatagram()
      const adresse = datagram.senderAddress().toString()
      qDebug('Réponse de', qs(adresse), ':', datagram.senderPort(), qs(fromUtf8(datagram.data())))
    }
  }
  // #endregion
}

// #region principal
const options = lireOptions({ hote: '127.0.0.1', port: 12345, message: 'Message à envoyer' })
const emetteur = new Emetteur(options.hote, options.port)
if (emetteur.AdresseValide()) {
  emetteur.Envoyer(options.message)
  lireLignes(
    (ligne) => emetteur.Envoyer(ligne),
    () => terminer(0),
  )
} else {
  qDebug(
    `« ${options.hote} » n'est pas une adresse IPv4 : QHostAddress ne cherche pas les noms, donner une adresse à --hote.`,
  )
  terminer(1)
}
// #endregion
