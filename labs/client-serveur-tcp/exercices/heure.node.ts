// Exercice 8.6.4-1 : donner l'heure, puis raccrocher.
import { type AddressInfo, createServer } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'

const options = lireOptions({ port: 1234 })
const serveur = createServer()

// À vous : l'heure, puis la fin de la conversation.
serveur.on('connection', (client) => {
  client.on('error', () => {})
  client.write('Quelle heure est-il ?\n')
})

serveur.on('error', (erreur: NodeJS.ErrnoException) => {
  console.log(phrase(erreur.code, options.port))
  terminer(3)
})
serveur.listen(options.port, '0.0.0.0', () => {
  console.log('Serveur lancé sur le port :', (serveur.address() as AddressInfo).port)
})
