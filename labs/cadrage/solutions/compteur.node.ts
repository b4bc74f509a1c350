// Exercice 8.7-1 : retrouver les lignes dans le flux.
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'

const options = lireOptions({ port: 1234 })
const serveur = createServer()
/** Longueur d'une ligne, en octets, au-delà de laquelle son auteur est renvoyé. */
const MAX = 65_536

function accueillir(client: Socket): void {
  let tampon = Buffer.alloc(0)
  client.on('error', () => {}) // une coupure nette : 'close' suit, et le serveur continue
  client.on('data', (octets: Buffer) => {
    if (client.writableEnded) return
    tampon = Buffer.concat([tampon, octets])
    for (let fin = tampon.indexOf('\n'); fin >= 0 && fin <= MAX; fin = tampon.indexOf('\n')) {
      const ligne = tampon.subarray(0, fin)
      tampon = tampon.subarray(fin + 1)
      client.write(`${ligne.length} ${[...ligne.toString('utf8')].length}\n`)
    }
    if (tampon.length > MAX) client.end('ERREUR TROP_LONG\n')
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
