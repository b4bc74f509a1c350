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

// À vous : cet envoi échoue. Lire l'erreur, la corriger, puis annoncer toutes les 500 ms.
socket.bind(0, annoncer)
// À vous : à SIGTERM, finir proprement et vite.
