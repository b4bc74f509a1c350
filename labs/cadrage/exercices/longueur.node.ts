// Exercice 8.7-2 : une longueur, puis le message.
import { type AddressInfo, createServer } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'

const options = lireOptions({ port: 1234 })
const serveur = createServer()

// À vous : ce serveur renvoie chaque lecture, sans regarder la longueur annoncée.
serveur.on('connection', (client) => {
  client.on('error', () => {})
  client.on('data', (octets: Buffer) => client.write(octets))
})

serveur.on('error', (erreur: NodeJS.ErrnoException) => {
  console.log(phrase(erreur.code, options.port))
  terminer(3)
})
serveur.listen(options.port, '0.0.0.0', () => {
  console.log('Serveur lancé sur le port :', (serveur.address() as AddressInfo).port)
})
