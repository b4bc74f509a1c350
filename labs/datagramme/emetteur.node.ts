// Le même émetteur UDP avec node:dgram.
import { createSocket } from 'node:dgram'
import { isIPv4 } from 'node:net'
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { entreGuillemets } from '#commun/texte'

// #region classe
const udpSocket = createSocket('udp4')
// #endregion

// #region envoi
function envoyer(message: string): void {
  // ÉCHANGER
  udpSocket.send(Buffer.from(message, 'utf8'), options.port, options.hote, (erreur, taille) => {
    if (erreur) {
      console.log('Envoi impossible :', phrase(erreur))
      terminer(1)
    } else console.log('Datagramme envoyé, taille :', taille, 'depuis le port :', udpSocket.address().port)
  })
}
// #endregion

// #region lecture
udpSocket.on('message', (donnees, { address, port }) => {
  const texte = entreGuillemets(donnees.toString('utf8'))
  console.log('Réponse de', entreGuillemets(address), ':', port, texte)
})
// #endregion

// #region principal
const options = lireOptions({ hote: '127.0.0.1', port: 12345, message: 'Message à envoyer' })
if (isIPv4(options.hote)) {
  envoyer(options.message)
  lireLignes(envoyer, () => udpSocket.unref())
} else {
  console.log(
    `« ${options.hote} » n'est pas une adresse IPv4 : QHostAddress ne cherche pas les noms, donner une adresse à --hote.`,
  )
  terminer(1)
}
// #endregion
