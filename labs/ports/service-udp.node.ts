// Service UDP : répond son nom à chaque datagramme. Il peut porter le même numéro qu'un service TCP.
import { createSocket } from 'node:dgram'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'

const options = lireOptions({ port: 8080, adresse: '127.0.0.1' })
const socket = createSocket('udp4')

// #region reponse
socket.on('message', (datagramme, emetteur) => {
  console.log(`Datagramme de ${datagramme.length} octets de ${emetteur.address}:${emetteur.port}`)
  socket.send('Ici le service UDP\n', emetteur.port, emetteur.address, (erreur) => {
    if (erreur) console.error(phrase(erreur))
  })
})
// #endregion

socket.on('listening', () => console.log('Service UDP prêt, port :', socket.address().port))
socket.on('error', (erreur: NodeJS.ErrnoException) => {
  console.error(phrase(erreur.code, options.port))
  process.exit(1)
})
socket.bind(options.port, options.adresse)
