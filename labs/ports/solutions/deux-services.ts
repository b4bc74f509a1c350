// Exercice 8.1-3 : deux services, un seul numéro.
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'

const options = lireOptions({ port: 5000 })

const serveur = createServer((client) => {
  client.on('error', () => client.destroy())
  client.end('TCP\n')
})
/** Le même numéro, en UDP : le programme n'est prêt qu'avec les deux. */
function ouvrirUdp(port: number): void {
  const udp = createSocket('udp4')
  udp.on('message', (_datagramme, emetteur) => {
    udp.send('UDP', emetteur.port, emetteur.address, (erreur) => erreur && console.error(erreur.message))
  })
  udp.on('error', echouer)
  udp.bind(port, '127.0.0.1', () => console.log('Services TCP et UDP prêts, port :', port))
}

function echouer(erreur: NodeJS.ErrnoException): void {
  console.error(phrase(erreur.code, options.port))
  process.exit(1)
}

serveur.on('listening', () => {
  const adresse = serveur.address()
  if (adresse !== null && typeof adresse === 'object') ouvrirUdp(adresse.port)
})
serveur.on('error', echouer)
serveur.listen(options.port, '127.0.0.1')
