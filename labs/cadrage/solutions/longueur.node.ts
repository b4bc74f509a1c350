// Exercice 8.7-2 : une longueur, puis le message.
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'

const options = lireOptions({ port: 1234 })
const serveur = createServer()
/** Longueur annoncée, en octets, au-delà de laquelle on raccroche. */
const MAX = 65_536

function accueillir(client: Socket): void {
  let tampon = Buffer.alloc(0)
  client.on('error', () => {}) // une coupure nette : 'close' suit, et le serveur continue
  client.on('data', (octets: Buffer) => {
    tampon = Buffer.concat([tampon, octets])
    while (tampon.length >= 4) {
      const longueur = tampon.readUInt32BE(0)
      if (longueur > MAX) {
        client.resetAndDestroy()
        return
      }
      if (tampon.length < 4 + longueur) return
      client.write(tampon.subarray(0, 4 + longueur))
      tampon = tampon.subarray(4 + longueur)
    }
  })
}

serveur.on('connection', accueillir)

serveur.on('error', (erreur: NodeJS.ErrnoException) => {
  console.log(phrase(erreur.code, options.port))
  terminer(3)
})
serveur.listen(options.port, '0.0.0.0', () => {
  console.log('Serveur lancé sur le port :', (serveur.address() as AddressInfo).port)
})
