// Exercice 8.6.5-1 : chaque slot connaît le client qu'il sert.
import { type AddressInfo, createServer } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'

const options = lireOptions({ port: 1234 })
const serveur = createServer()

serveur.on('connection', (client) => {
  client.on('error', () => {}) // une coupure nette : 'close' suit, et le serveur continue
  client.on('data', (octets: Buffer) => {
    const texte = octets.toString('utf8')
    console.log('Reçu :', texte)
    client.write(`Message reçu sur le serveur : ${texte}`)
  })
  client.on('close', () => console.log('Client déconnecté'))
})

serveur.on('error', (erreur: NodeJS.ErrnoException) => {
  console.log(phrase(erreur.code, options.port))
  terminer(3)
})
serveur.listen(options.port, '0.0.0.0', () => {
  console.log('Serveur lancé sur le port :', (serveur.address() as AddressInfo).port)
})
