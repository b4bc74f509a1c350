// Exercice 8.1-3 : deux services, un seul numéro.
import { createServer } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'

const options = lireOptions({ port: 5000 })

const serveur = createServer((client) => {
  client.on('error', () => client.destroy())
  client.end('TCP\n')
})
serveur.on('listening', () => {
  const adresse = serveur.address()
  const port = adresse !== null && typeof adresse === 'object' ? adresse.port : options.port
  // À vous : ouvrir aussi ce numéro en UDP (createSocket, de node:dgram), puis seulement se dire prêt.
  console.log('Service TCP prêt, port :', port)
})
serveur.on('error', (erreur: NodeJS.ErrnoException) => {
  console.error(phrase(erreur.code, options.port))
  process.exit(1)
})
serveur.listen(options.port, '127.0.0.1')
