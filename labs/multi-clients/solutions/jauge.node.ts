// Exercice 8.6.6-3 : pas plus de clients que de places.
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'

const options = lireOptions({ port: 1234, max: 3 })
const serveur = createServer()
const clients = new Set<Socket>()

function refuser(client: Socket): void {
  client.resume()
  client.end('COMPLET\n')
}

function accueillir(client: Socket): void {
  clients.add(client)
  console.log('Clients :', clients.size)
  client.on('data', (octets: Buffer) => client.write(octets))
  client.on('close', () => clients.delete(client))
}

serveur.on('connection', (client) => {
  client.on('error', () => {}) // une coupure nette : 'close' suit, et le serveur continue
  if (clients.size < options.max) accueillir(client)
  else refuser(client)
})

serveur.on('error', (erreur: NodeJS.ErrnoException) => {
  console.log(phrase(erreur.code, options.port))
  terminer(3)
})
serveur.listen(options.port, '0.0.0.0', () => {
  console.log('Serveur lancé sur le port :', (serveur.address() as AddressInfo).port)
})
