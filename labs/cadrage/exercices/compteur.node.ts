// Exercice 8.7-1 : retrouver les lignes dans le flux.
import { type AddressInfo, createServer } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'

const options = lireOptions({ port: 1234 })
const serveur = createServer()

// À vous : ce serveur prend chaque lecture pour une ligne.
serveur.on('connection', (client) => {
  client.on('error', () => {})
  client.on('data', (octets: Buffer) => {
    const ligne = octets.toString('utf8').trimEnd()
    client.write(`${octets.length} ${ligne.length}\n`)
  })
})

serveur.on('error', (erreur: NodeJS.ErrnoException) => {
  console.log(phrase(erreur.code, options.port))
  terminer(3)
})
serveur.listen(options.port, '0.0.0.0', () => {
  console.log('Serveur lancé sur le port :', (serveur.address() as AddressInfo).port)
})
