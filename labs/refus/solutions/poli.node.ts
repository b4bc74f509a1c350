// Exercice 8.6.7-1 : refuser poliment le client de trop.
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'

const options = lireOptions({ port: 1234 })
const serveur = createServer()
let client: Socket | null = null

function accepter(nouveau: Socket): void {
  client = nouveau
  nouveau.on('data', (octets: Buffer) => nouveau.write(octets))
  nouveau.on('close', () => {
    client = null // seul le départ du client servi libère la place
  })
  nouveau.write('BIENVENUE\n')
}

function refuser(nouveau: Socket): void {
  nouveau.resume()
  nouveau.end('OCCUPÉ\n')
}

serveur.on('connection', (nouveau) => {
  nouveau.on('error', () => {}) // une coupure nette : 'close' suit, et le serveur continue
  if (client) refuser(nouveau)
  else accepter(nouveau)
})

serveur.on('error', (erreur: NodeJS.ErrnoException) => {
  console.log(phrase(erreur.code, options.port))
  terminer(3)
})
serveur.listen(options.port, '0.0.0.0', () => {
  console.log('Serveur lancé sur le port :', (serveur.address() as AddressInfo).port)
})
