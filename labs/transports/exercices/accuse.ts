// Exercice 8.2-2 : un accusé de réception, écrit par l'application.
import { createSocket } from 'node:dgram'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'

const options = lireOptions({ hote: '127.0.0.1', port: 12345, id: 1, message: 'Message à envoyer' })
const socket = createSocket('udp4')

function envoyer(): void {
  const message = `${options.id}:${options.message}`
  socket.send(message, options.port, options.hote, (erreur) => {
    if (erreur) console.error(phrase(erreur))
    // À vous : au lieu de finir ici, attendre l'accusé et réémettre.
    socket.close()
  })
}

socket.on('message', (datagramme) => {
  // À vous : ne croire que l'accusé de ce message-ci.
  console.log('Reçu :', datagramme.toString())
})
envoyer()
