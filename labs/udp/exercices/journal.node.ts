// Exercice 8.5.1-2 : une ligne JSON par datagramme reçu.
import { createSocket } from 'node:dgram'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'

const options = lireOptions({ port: 12345 })
const socket = createSocket('udp4')

// À vous : ne pas perdre un octet, et afficher une ligne JSON par datagramme.
socket.on('message', (data, { address, port }) => {
  console.log(`Reçu de ${address} : ${port}, ${data.toString('utf8')}`)
})

socket.on('error', (erreur: NodeJS.ErrnoException) => {
  console.log(phrase(erreur.code, options.port))
  terminer(3)
})
socket.bind(options.port, () => console.log('Récepteur attaché au port :', socket.address().port))
