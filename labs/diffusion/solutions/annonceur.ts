// Exercice 8.4.2-2 : annoncer son nom à tout le réseau local.
import { createSocket } from 'node:dgram'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'

const options = lireOptions({ diffusion: '127.255.255.255', port: 12345, nom: 'Zoé' })
const socket = createSocket('udp4')

function annoncer(): void {
  socket.send(`ANNONCE ${options.nom}`, options.port, options.diffusion, (erreur) => {
    if (erreur) console.error(phrase(erreur))
  })
}

socket.bind(0, () => {
  socket.setBroadcast(true)
  annoncer()
  const horloge = setInterval(annoncer, 500)
  process.on('SIGTERM', () => {
    clearInterval(horloge)
    socket.close()
  })
})
