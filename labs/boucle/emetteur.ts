// Émetteur : envoie chaque ligne tapée dans un datagramme.
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QUdpSocket, qDebug, toUtf8 } from '#qt-network'

const options = lireOptions({ hote: '127.0.0.1', port: 12345 })
const socket = new QUdpSocket()
const destinataire = new QHostAddress(options.hote)

if (destinataire.isNull()) {
  qDebug(`Adresse attendue, pas un nom : « ${options.hote} ». Écrire par exemple --hote 127.0.0.1`)
  process.exit(2)
}

// #region envoi
function envoyer(texte: string): void {
  const taille = socket.writeDatagram(toUtf8(texte), destinataire, options.port)
  if (taille < 0) qDebug(phrase(socket.error().valeur))
  else qDebug(`Envoyé à ${options.hote}:${options.port}, taille ${taille}`)
}
// #endregion

qDebug('Émetteur prêt : un message par ligne, Ctrl+D pour finir')
lireLignes(envoyer, () => terminer(0))
