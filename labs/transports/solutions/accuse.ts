// Exercice 8.2-2 : un accusé de réception, écrit par l'application.
import { createSocket } from 'node:dgram'
import { lireOptions } from '#commun/options'

const options = lireOptions({ hote: '127.0.0.1', port: 12345, id: 1, message: 'Message à envoyer' })
const socket = createSocket('udp4')

/** Attente d'un accusé avant de réémettre, en ms, et nombre d'envois. */
const DELAI = 200
const ENVOIS = 3
let envois = 0
let minuteur: NodeJS.Timeout | undefined

function envoyer(): void {
  if (envois === ENVOIS) process.exit(1)
  envois += 1
  socket.send(`${options.id}:${options.message}`, options.port, options.hote, (erreur) => {
    if (erreur) console.error(erreur.message)
  })
  minuteur = setTimeout(envoyer, DELAI)
}

socket.on('message', (datagramme) => {
  if (datagramme.toString() !== `ACK ${options.id}`) return
  clearTimeout(minuteur)
  console.log('Accusé reçu.')
  socket.close()
})
envoyer()
