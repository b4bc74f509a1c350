// Exercice 8.1-1 : la carte d'identité d'une connexion.
import { connect } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'

const options = lireOptions({ hote: '127.0.0.1', port: 8080 })
const socket = connect(options.port, options.hote)

socket.on('connect', () => {
  // À vous : l'adresse et le port de chaque extrémité, avec des crochets autour d'une adresse IPv6.
  console.log('LOCAL ?')
  console.log('DISTANT ?')
  socket.end()
})
socket.on('error', (erreur: NodeJS.ErrnoException) => {
  // À vous : reconnaître le refus, et finir avec un code différent de 0.
  console.log('Échec :', phrase(erreur))
})
