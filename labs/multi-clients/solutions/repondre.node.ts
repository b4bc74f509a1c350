// Exercice 8.6.6-1 : répondre à celui qui a parlé.
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'

const options = lireOptions({ port: 1234 })
const serveur = createServer()
const clients = new Set<Socket>()

serveur.on('connection', (client) => {
  clients.add(client)
  client.on('error', () => {}) // une coupure nette : 'close' suit, et le serveur continue
  client.on('close', () => clients.delete(client))
  // readline rassemble les octets d'une ligne, même coupée au milieu d'un caractère.
  const lignes = createInterface({ input: client }).on('error', () => {})
  lignes.on('line', (ligne) => {
    client.write(ligne === '?' ? `CLIENTS ${clients.size}\n` : `RECU ${ligne}\n`)
  })
})

serveur.on('error', (erreur: NodeJS.ErrnoException) => {
  console.log(phrase(erreur.code, options.port))
  terminer(3)
})
serveur.listen(options.port, '0.0.0.0', () => {
  console.log('Serveur lancé sur le port :', (serveur.address() as AddressInfo).port)
})
