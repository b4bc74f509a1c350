// Exercice 8.5.2-1 : numéroter les datagrammes de chaque émetteur.
import { createSocket } from 'node:dgram'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'

const options = lireOptions({ port: 12345 })
const socket = createSocket('udp4')
const rangs = new Map<string, number>()

socket.on('message', (_, { address, port }) => {
  const emetteur = `${address} ${port}`
  const rang = (rangs.get(emetteur) ?? 0) + 1
  rangs.set(emetteur, rang)
  socket.send(`ACK ${rang}`, port, address)
})

socket.on('error', (erreur: NodeJS.ErrnoException) => {
  console.log(phrase(erreur.code, options.port))
  terminer(3)
})
socket.bind(options.port, () => console.log('Répondeur attaché au port :', socket.address().port))
