// Fausse base : parle la première, comme une vraie base de données, puis refuse tout ce qu'on lui demande.
import { createServer } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'

const options = lireOptions({ port: 3306, adresse: '127.0.0.1' })

// #region banniere
const serveur = createServer((client) => {
  console.log(`Visite de ${client.remoteAddress}:${client.remotePort}`)
  client.write('8.0-demo\n')
  client.once('data', () => client.end('ERREUR demande incomprise\n'))
  client.on('error', (erreur) => console.log('Client perdu :', phrase(erreur)))
})
// #endregion

serveur.on('listening', () => {
  const adresse = serveur.address()
  if (adresse !== null && typeof adresse === 'object') console.log('Fausse base prête, port :', adresse.port)
})
serveur.on('error', (erreur: NodeJS.ErrnoException) => {
  console.error(phrase(erreur.code, options.port))
  process.exit(1)
})
serveur.listen(options.port, options.adresse)
