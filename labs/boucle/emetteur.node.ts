// Émetteur : envoie chaque ligne tapée dans un datagramme.
import { createSocket } from 'node:dgram'
import { isIPv4 } from 'node:net'
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'

const options = lireOptions({ hote: '127.0.0.1', port: 12345 })
const socket = createSocket('udp4')

if (!isIPv4(options.hote)) {
  console.error(`Adresse attendue, pas un nom : « ${options.hote} ». Écrire par exemple --hote 127.0.0.1`)
  process.exit(2)
}

// #region envoi
function envoyer(texte: string): void {
  // Sans ce rappel, Node tairait l'échec de l'envoi.
  socket.send(texte, options.port, options.hote, (erreur, taille) => {
    if (!erreur) return console.log(`Envoyé à ${options.hote}:${options.port}, taille ${taille}`)
    console.error(phrase(erreur))
  })
}
// #endregion

console.log('Émetteur prêt : un message par ligne, Ctrl+D pour finir')
lireLignes(envoyer, () => socket.close())
