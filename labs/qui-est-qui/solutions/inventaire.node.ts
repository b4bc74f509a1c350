// Exercice 8.6.1-1 : qui est là, qui s'en va.
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'

const options = lireOptions({ port: 1234 })
const serveur = createServer()
const presents = new Set<Socket>()

serveur.on('connection', (client) => {
  const qui = `${client.remoteAddress}:${client.remotePort}`
  presents.add(client)
  console.log(`+ ${qui} (${presents.size})`)
  client.resume() // sans lecture, Node n'apprendrait pas son départ
  client.on('error', () => {}) // une coupure nette : 'close' suit, et le serveur continue
  client.on('close', () => {
    presents.delete(client)
    console.log(`- ${qui} (${presents.size})`)
  })
})

serveur.on('error', (erreur: NodeJS.ErrnoException) => {
  console.log(phrase(erreur.code, options.port))
  terminer(3)
})
serveur.listen(options.port, '0.0.0.0', () => {
  console.log('Serveur lancé sur le port :', (serveur.address() as AddressInfo).port)
})
