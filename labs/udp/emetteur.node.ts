// Le même émetteur UDP avec node:dgram.
import { createSocket } from 'node:dgram'
import { isIPv4 } from 'node:net'
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'

// #region classe
const udpSocket = createSocket('udp4')
// #endregion

// #region envoi
function envoyer(message: string): void {
  // ÉCHANGER
  // Le résultat n'arrive que par le rappel : sans lui, une erreur d'envoi passerait inaperçue.
  udpSocket.send(Buffer.from(message, 'utf8'), options.port, options.hote, (erreur, taille) => {
    if (erreur) {
      console.log('Envoi impossible :', phrase(erreur))
      terminer(1)
    } else console.log('Datagramme envoyé, taille :', taille)
  })
}
// #endregion

// #region principal
const options = lireOptions({ hote: '127.0.0.1', port: 12345, message: 'Message à envoyer', fois: 1 })
if (isIPv4(options.hote)) {
  for (let i = 0; i < options.fois; i++) envoyer(options.message)
  // Ctrl+D : le programme se termine dès que tout est parti.
  lireLignes(envoyer, () => udpSocket.unref())
} else {
  console.log(
    `« ${options.hote} » n'est pas une adresse IPv4 : QHostAddress ne cherche pas les noms, donner une adresse à --hote.`,
  )
  terminer(1)
}
// #endregion
