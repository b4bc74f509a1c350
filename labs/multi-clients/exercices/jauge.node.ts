// Exercice 8.6.6-3 : pas plus de clients que de places.
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'

const options = lireOptions({ port: 1234, max: 3 })
const serveur = createServer()
const clients = new Set<Socket>()

// À vous : refuser au-delà de `--max`, et rendre les places.
serveur.on('connection', (client) => {
  clients.add(client)
  client.on('error', () => {})
  console.log('Clients :', clients.size)
  client.on('data', (octets: Buffer) => client.write(octets))
})

serveur.on('error', (erreur: NodeJS.ErrnoException) => {
  console.log(phrase(erreur.code, options.port))
  terminer(3)
})
serveur.listen(options.port, '0.0.0.0', () => {
  console.log('Serveur lancé sur le port :', (serveur.address() as AddressInfo).port)
})
