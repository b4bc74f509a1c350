// Récepteur : un datagramme envoyé, une réception, avec sa taille et l'adresse de son émetteur.
import { createSocket } from 'node:dgram'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { entreGuillemets } from '#commun/texte'

const options = lireOptions({ port: 12345, tampon: 0 })
const socket = createSocket('udp4')

// #region lecture
socket.on('message', (datagramme, emetteur) => {
  // Node lit toujours le datagramme entier : la coupe imite un tampon trop petit.
  const lu = datagramme.subarray(0, options.tampon || undefined)
  const taille = datagramme.length
  const coupe = lu.length < taille ? `, lus ${lu.length}` : ''
  const de = `${emetteur.address}:${emetteur.port}`
  console.log(`Reçu de ${de}, taille ${taille}${coupe} :`, entreGuillemets(lu.toString()))
  if (coupe) console.log('Tampon trop petit : le reste de ce datagramme est perdu')
})
// #endregion

// #region attache
socket.on('listening', () => console.log('Récepteur prêt, port :', socket.address().port))
socket.on('error', (erreur: NodeJS.ErrnoException) => {
  console.error(phrase(erreur.code, options.port))
  process.exit(1)
})
socket.bind({ port: options.port, address: '0.0.0.0', exclusive: true })
// #endregion
