// Exercice 8.6.6-1 : répondre à celui qui a parlé.
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'

const options = lireOptions({ port: 1234 })
const serveur = createServer()
let client: Socket | null = null

// À vous : ce serveur répond au dernier venu, et à chaque lecture, ligne ou non.
serveur.on('connection', (nouveau) => {
  client = nouveau
  nouveau.on('error', () => {})
  nouveau.on('data', (octets: Buffer) => client?.write(`RECU ${octets.toString('utf8')}`))
})

serveur.on('error', (erreur: NodeJS.ErrnoException) => {
  console.log(phrase(erreur.code, options.port))
  terminer(3)
})
serveur.listen(options.port, '0.0.0.0', () => {
  console.log('Serveur lancé sur le port :', (serveur.address() as AddressInfo).port)
})
