// Exercice 8.3-2 : un serveur d'écho exact, pour plusieurs clients.
import { createServer, type Socket } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'

const options = lireOptions({ port: 12345 })
let client: Socket | undefined

// À vous : ce programme se trompe de client, déforme les octets et coupe trop tôt.
const serveur = createServer((nouveau) => {
  client = nouveau
  nouveau.on('data', (octets) => client?.write(octets.toString('utf8')))
  nouveau.on('end', () => client?.destroy())
})
serveur.on('listening', () => {
  const adresse = serveur.address()
  if (adresse !== null && typeof adresse === 'object') console.log('Écho prêt, port :', adresse.port)
})
serveur.on('error', (erreur: NodeJS.ErrnoException) => {
  console.error(phrase(erreur.code, options.port))
  process.exit(1)
})
serveur.listen(options.port, '127.0.0.1')
