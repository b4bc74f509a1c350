// Exercice 8.1-2 : dire si un port est ouvert, fermé ou silencieux.
import { connect } from 'node:net'
import { lireOptions } from '#commun/options'

const options = lireOptions({ hote: '127.0.0.1', port: 8080 })

// À vous : refuser le port 0 par un message d'usage et le code 2.
const socket = connect(options.port, options.hote)
socket.on('connect', () => {
  console.log('OUVERT')
  // À vous : refermer proprement, par une fin de flux.
  process.exit(0)
})
socket.on('error', () => {
  // À vous : toutes les erreurs ne veulent pas dire que la porte est fermée.
  console.log('FERME')
  process.exit(0)
})
// À vous : SILENCIEUX, quand rien n'est venu en 2 secondes.
