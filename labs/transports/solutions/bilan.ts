// Exercice 8.2-1 : compter ce qu'UDP perd, double et mélange.
import { createSocket, type RemoteInfo } from 'node:dgram'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'

const options = lireOptions({ port: 12345 })
const socket = createSocket('udp4')
const vus = new Set<number>()
let recus = 0
let desordre = 0
let plusPetit = Number.POSITIVE_INFINITY
let plusGrand = Number.NEGATIVE_INFINITY

function noter(numero: number): void {
  recus += 1
  if (vus.has(numero)) return
  if (numero < plusGrand) desordre += 1
  vus.add(numero)
  plusPetit = Math.min(plusPetit, numero)
  plusGrand = Math.max(plusGrand, numero)
}

function repondreBilan(emetteur: RemoteInfo): void {
  const perdus = vus.size === 0 ? 0 : plusGrand - plusPetit + 1 - vus.size
  const doublons = recus - vus.size
  const bilan = `recus=${recus} perdus=${perdus} doublons=${doublons} desordre=${desordre}`
  socket.send(bilan, emetteur.port, emetteur.address, (erreur) => erreur && console.error(erreur.message))
}

socket.on('message', (datagramme, emetteur) => {
  if (datagramme.toString() === 'BILAN') repondreBilan(emetteur)
  else if (datagramme.length >= 4) noter(datagramme.readUInt32BE(0))
})
socket.on('listening', () => console.log('Compteur prêt, port :', socket.address().port))
socket.on('error', (erreur: NodeJS.ErrnoException) => {
  console.error(phrase(erreur.code, options.port))
  process.exit(1)
})
socket.bind(options.port, '127.0.0.1')
