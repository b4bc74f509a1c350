// Émetteur UDP : envoie un datagramme, puis un autre à chaque ligne tapée (section 8.5.1).
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QUdpSocket, qDebug, toUtf8 } from '#qt-network'

// #region classe
class Emetteur {
  private readonly udpSocket = new QUdpSocket()
  private readonly adresse: QHostAddress
  private readonly port: number

  constructor(hote: string, port: number) {
    this.adresse = new QHostAddress(hote)
    this.port = port
  }
  // #endregion

  AdresseValide(): boolean {
    return !this.adresse.isNull()
  }

  // #region envoi
  Envoyer(message: string): void {
    // ÉCHANGER
    const taille = this.udpSocket.writeDatagram(toUtf8(message), this.adresse, this.port)
    if (taille < 0) {
      qDebug('Envoi impossible :', phrase(this.udpSocket.error()))
      terminer(1)
      return
    }
    qDebug('Datagramme envoyé, taille :', taille)
  }
  // #endregion
}

// #region principal
const options = lireOptions({ hote: '127.0.0.1', port: 12345, message: 'Message à envoyer', fois: 1 })
const emetteur = new Emetteur(options.hote, options.port)
if (emetteur.AdresseValide()) {
  for (let i = 0; i < options.fois; i++) emetteur.Envoyer(options.message)
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
