// Exercice 8.6.4-1 : donner l'heure, puis raccrocher.
import { type AddressInfo, createServer } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'

const options = lireOptions({ port: 1234 })
const serveur = createServer()
/** Ce que le client a pour partir de lui-même, en ms. */
const SURSIS = 200

serveur.on('connection', (client) => {
  client.on('error', () => {}) // une coupure nette : 'close' suit, et le serveur continue
  client.resume()
  client.end(`${new Date().toTimeString().slice(0, 8)}\n`)
  setTimeout(() => client.destroy(), SURSIS) // `end()` ne ferme qu'un sens
})

serveur.on('error', (erreur: NodeJS.ErrnoException) => {
  console.log(phrase(erreur.code, options.port))
  terminer(3)
})
serveur.listen(options.port, '0.0.0.0', () => {
  console.log('Serveur lancé sur le port :', (serveur.address() as AddressInfo).port)
})
