// Exercice 8.2-3 : le même service sur les deux transports.
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { StringDecoder } from 'node:string_decoder'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'

const options = lireOptions({ port: 12345 })
const udp = createSocket('udp4')

/** Le métier du service, le même pour TCP et pour UDP. */
function enMajuscules(texte: string): string {
  return texte.toUpperCase()
}

const serveur = createServer({ allowHalfOpen: true }, (client) => {
  // Un caractère accentué peut arriver en deux morceaux : le décodeur garde le premier.
  const decodeur = new StringDecoder('utf8')
  client.on('data', (octets) => client.write(enMajuscules(decodeur.write(octets))))
  client.on('end', () => client.end(enMajuscules(decodeur.end())))
  client.on('error', () => client.destroy())
})
serveur.on('listening', () => {
  const adresse = serveur.address()
  if (adresse !== null && typeof adresse === 'object') udp.bind(adresse.port, '127.0.0.1')
})
udp.on('listening', () => console.log('Majuscules prêt, port :', udp.address().port))
udp.on('message', (datagramme, emetteur) => {
  udp.send(enMajuscules(datagramme.toString()), emetteur.port, emetteur.address, (erreur) => {
    if (erreur) console.error(erreur.message)
  })
})
serveur.on('error', (erreur: NodeJS.ErrnoException) => {
  console.error(phrase(erreur.code, options.port))
  process.exit(1)
})
serveur.listen(options.port, '127.0.0.1')
