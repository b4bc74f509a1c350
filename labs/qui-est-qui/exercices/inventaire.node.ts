// Exercice 8.6.1-1 : qui est là, qui s'en va.
import { type AddressInfo, createServer } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'

const options = lireOptions({ port: 1234 })
const serveur = createServer()

// À vous : chaque départ se dit aussi, et le compte suit.
serveur.on('connection', (client) => {
  client.on('error', () => {})
  client.resume()
  console.log(`+ ${client.remoteAddress}:${client.remotePort} (1)`)
})

serveur.on('error', (erreur: NodeJS.ErrnoException) => {
  console.log(phrase(erreur.code, options.port))
  terminer(3)
})
serveur.listen(options.port, '0.0.0.0', () => {
  console.log('Serveur lancé sur le port :', (serveur.address() as AddressInfo).port)
})
