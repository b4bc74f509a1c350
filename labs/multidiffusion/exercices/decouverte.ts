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

socket.on('message', (datagramme) => {
  console.log('Question :', datagramme.toString())
  // À vous : à la seule question QUI?, répondre à celui qui demande, après 0 à 200 ms.
})
socket.on('error', (erreur: NodeJS.ErrnoException) => {
  console.error(phrase(erreur.code, options.port))
  process.exit(1)
})
socket.bind(options.port, () => {
  // À vous : rejoindre le groupe.
  console.log(`Service ${options.nom} prêt sur ${options.groupe}, port :`, socket.address().port)
})
