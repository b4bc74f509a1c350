// Exercice 8.5.2-1 : numéroter les datagrammes de chaque émetteur.
import { createSocket } from 'node:dgram'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'

const options = lireOptions({ port: 12345 })
const socket = createSocket('udp4')

// À vous : numéroter les datagrammes de chacun.
socket.on('message', (_, { address, port }) => {
  socket.send('ACK', port, address)
})

socket.on('error', (erreur: NodeJS.ErrnoException) => {
  console.log(phrase(erreur.code, options.port))
  terminer(3)
})
socket.bind(options.port, () => console.log('Répondeur attaché au port :', socket.address().port))
