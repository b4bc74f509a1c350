// Exercice 8.4.2-4 : se faire découvrir sur un groupe.
import { createSocket } from 'node:dgram'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'

const options = lireOptions({
  groupe: '239.255.43.21',
  port: 12345,
  interface: '127.0.0.1',
  nom: 'imprimante',
  service: 8080,
})
const socket = createSocket({ type: 'udp4', reuseAddr: true })

socket.on('message', (datagramme, { address, port }) => {
  if (datagramme.toString() !== 'QUI?') return
  // Une attente au hasard : cent services ne répondent pas ensemble.
  setTimeout(() => {
    socket.send(`SERVICE ${options.nom} ${options.service}`, port, address, (erreur) => {
      if (erreur) console.error(erreur.message)
    })
  }, Math.random() * 200)
})
socket.on('error', (erreur: NodeJS.ErrnoException) => {
  console.error(phrase(erreur.code, options.port))
  process.exit(1)
})
socket.bind(options.port, () => {
  socket.addMembership(options.groupe, options.interface)
  console.log(`Service ${options.nom} prêt sur ${options.groupe}, port :`, socket.address().port)
})
