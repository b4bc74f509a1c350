// Émetteur : chaque ligne tapée part dans un datagramme ; une ligne vide fait un datagramme vide.
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QUdpSocket, qDebug, toUtf8 } from '#qt-network'

const options = lireOptions({ hote: '127.0.0.1', port: 12345, taille: 0 })
const socket = new QUdpSocket()
const destinataire = new QHostAddress(options.hote)

// #region envoi
function envoyer(octets: Uint8Array): boolean {
  const taille = socket.writeDatagram(octets, destinataire, options.port)
  if (taille < 0) qDebug(phrase(socket.error().valeur))
  else qDebug(`Envoyé, taille ${taille} : accepté par le système`)
  return taille >= 0
}
// #endregion

if (destinataire.isNull()) {
  qDebug(`Adresse attendue, pas un nom : « ${options.hote} ». Écrire par exemple --hote 127.0.0.1`)
  process.exit(2)
}
if (options.taille > 0) terminer(envoyer(Buffer.alloc(options.taille, 'x')) ? 0 : 1)
else {
  qDebug('Émetteur prêt : un message par ligne, Ctrl+D pour finir')
  lireLignes(
    (ligne) => envoyer(toUtf8(ligne)),
    () => terminer(0),
  )
}
