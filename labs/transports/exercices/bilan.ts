// Exercice 8.2-1 : compter ce qu'UDP perd, double et mélange.
import { createSocket, type RemoteInfo } from 'node:dgram'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'

const options = lireOptions({ port: 12345 })
const socket = createSocket('udp4')
let recus = 0

function repondreBilan(emetteur: RemoteInfo): void {
  // À vous : perdus, doublons et désordre.
  const bilan = `recus=${recus} perdus=? doublons=? desordre=?`
  socket.send(bilan, emetteur.port, emetteur.address, (erreur) => erreur && console.error(phrase(erreur)))
}

socket.on('message', (datagramme, emetteur) => {
  if (datagramme.toString() === 'BILAN') repondreBilan(emetteur)
  // À vous : ignorer un datagramme trop court, lire le numéro des 4 premiers octets des autres.
  else recus += 1
})
socket.on('listening', () => console.log('Compteur prêt, port :', socket.address().port))
socket.on('error', (erreur: NodeJS.ErrnoException) => {
  console.error(phrase(erreur.code, options.port))
  process.exit(1)
})
socket.bind(options.port, '127.0.0.1')
