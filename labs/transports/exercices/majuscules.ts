// Exercice 8.2-3 : le même service sur les deux transports.
import { createServer } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'

const options = lireOptions({ port: 12345 })

/** Le métier du service, le même pour TCP et pour UDP. */
function enMajuscules(texte: string): string {
  return texte.toUpperCase()
}

const serveur = createServer({ allowHalfOpen: true }, (client) => {
  // À vous : un caractère accentué peut arriver en deux morceaux.
  client.on('data', (octets) => client.write(enMajuscules(octets.toString('utf8'))))
  client.on('end', () => client.end())
  client.on('error', () => client.destroy())
})
serveur.on('listening', () => {
  const adresse = serveur.address()
  // À vous : attacher aussi un socket UDP à ce port, avant de se dire prêt.
  if (adresse !== null && typeof adresse === 'object') console.log('Majuscules prêt, port :', adresse.port)
})
serveur.on('error', (erreur: NodeJS.ErrnoException) => {
  console.error(phrase(erreur.code, options.port))
  process.exit(1)
})
serveur.listen(options.port, '127.0.0.1')
