// Émetteur : chaque ligne tapée part dans un datagramme ; une ligne vide fait un datagramme vide.
import { createSocket } from 'node:dgram'
import { isIPv4 } from 'node:net'
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'

const options = lireOptions({ hote: '127.0.0.1', port: 12345, taille: 0 })
const socket = createSocket('udp4')

// #region envoi
function envoyer(octets: Uint8Array): void {
  // Sans ce rappel, Node tairait l'échec de l'envoi.
  socket.send(octets, options.port, options.hote, (erreur, taille) => {
    if (!erreur) return console.log(`Envoyé, taille ${taille} : accepté par le système`)
    console.error(phrase(erreur))
    if (options.taille > 0) process.exitCode = 1
  })
}
// #endregion

if (!isIPv4(options.hote)) {
  console.error(`Adresse attendue, pas un nom : « ${options.hote} ». Écrire par exemple --hote 127.0.0.1`)
  process.exit(2)
}
if (options.taille > 0) {
  envoyer(Buffer.alloc(options.taille, 'x'))
  socket.unref()
} else {
  console.log('Émetteur prêt : un message par ligne, Ctrl+D pour finir')
  lireLignes(
    (ligne) => envoyer(Buffer.from(ligne)),
    () => socket.close(),
  )
}
