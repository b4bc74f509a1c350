// Exercice 8.3-2 : un serveur d'écho exact, pour plusieurs clients.
import { createServer } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'

const options = lireOptions({ port: 12345 })

const serveur = createServer({ allowHalfOpen: true }, (client) => {
  client.on('data', (octets) => client.write(octets))
  client.on('end', () => client.end())
  client.on('error', () => client.destroy())
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
