// Exercice 8.6.7-2 : des refusés qui s'accrochent.
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
    client = null
  })
  nouveau.write('BIENVENUE\n')
}

function refuser(nouveau: Socket): void {
  nouveau.write('OCCUPÉ\n')
  // À vous : ce serveur attend que le refusé veuille bien partir.
  nouveau.on('data', (octets: Buffer) => console.log('Le refusé insiste :', octets.length, 'octets'))
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
