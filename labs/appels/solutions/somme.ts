// Exercice 8.3-4 : une somme d'entiers, côté serveur ou côté client.
import { connect, createServer, type Socket } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'

const options = lireOptions({
  role: ['serveur', 'client'],
  hote: '127.0.0.1',
  port: 12345,
  nombres: '1 2 3',
})
if (options.role === 'serveur') servir()
else demander(options.nombres.split(' ').filter(Boolean).map(Number))

function servir(): void {
  const serveur = createServer((client) => {
    client.on('error', () => client.destroy())
    let recu = Buffer.alloc(0)
    client.on('data', (octets: Buffer) => {
      recu = Buffer.concat([recu, octets])
      if (recu.length < 4 || recu.length < 4 + 4 * recu.readUInt32BE(0)) return
      client.removeAllListeners('data').resume()
      client.end(sommer(recu, recu.readUInt32BE(0)))
    })
  })
  serveur.on('listening', () => {
    const adresse = serveur.address()
    if (adresse !== null && typeof adresse === 'object') console.log('Somme prête, port :', adresse.port)
  })
  serveur.on('error', echouer)
  serveur.listen(options.port, '127.0.0.1')
}

/** La somme des n entiers qui suivent le premier, modulo 2³², sur 4 octets. */
function sommer(demande: Buffer, n: number): Buffer {
  let somme = 0
  for (let i = 1; i <= n; i++) somme = (somme + demande.readUInt32BE(4 * i)) >>> 0
  const reponse = Buffer.alloc(4)
  reponse.writeUInt32BE(somme)
  return reponse
}

function demander(nombres: readonly number[]): void {
  const socket: Socket = connect(options.port, options.hote)
  const demande = Buffer.alloc(4 + 4 * nombres.length)
  for (const [i, entier] of [nombres.length, ...nombres].entries()) demande.writeUInt32BE(entier, 4 * i)
  socket.write(demande)
  let reponse = Buffer.alloc(0)
  socket.on('data', (octets: Buffer) => {
    reponse = Buffer.concat([reponse, octets])
  })
  socket.on('end', () => {
    if (reponse.length === 4) console.log('SOMME', reponse.readUInt32BE(0))
    else process.exitCode = 1
  })
  socket.on('error', echouer)
}

function echouer(erreur: NodeJS.ErrnoException): void {
  console.error(phrase(erreur.code, options.port))
  process.exit(1)
}
