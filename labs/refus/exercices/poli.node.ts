// Exercice 8.6.7-1 : refuser poliment le client de trop.
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'

const options = lireOptions({ port: 1234 })
const serveur = createServer()
let client: Socket | null = null

// À vous : ce serveur laisse le nouveau venu remplacer le précédent, et rien n'y réagit au départ d'un client.
serveur.on('connection', (nouveau) => {
  client = nouveau
  nouveau.on('error', () => {}) // une coupure nette : 'close' suit, et le serveur continue
  nouveau.on('data', (octets: Buffer) => client?.write(octets))
  nouveau.write('BIENVENUE\n')
})

serveur.on('error', (erreur: NodeJS.ErrnoException) => {
  console.log(phrase(erreur.code, options.port))
  terminer(3)
})
serveur.listen(options.port, '0.0.0.0', () => {
  console.log('Serveur lancé sur le port :', (serveur.address() as AddressInfo).port)
})
