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
    // À vous : garder les octets reçus jusqu'à ce que la demande soit complète, puis répondre une seule fois.
    client.once('data', (octets) => client.end(octets.slice(0, 4)))
  })
  serveur.on('listening', () => {
    const adresse = serveur.address()
    if (adresse !== null && typeof adresse === 'object') console.log('Somme prête, port :', adresse.port)
  })
  serveur.on('error', echouer)
  serveur.listen(options.port, '127.0.0.1')
}

function demander(nombres: readonly number[]): void {
  const socket: Socket = connect(options.port, options.hote)
  const demande = Buffer.alloc(4)
  demande.writeUInt32BE(nombres.length)
  // À vous : ajouter les nombres à la demande, et attendre les 4 octets de la réponse.
  socket.write(demande)
  socket.once('data', (octets) => {
    console.log('Reçu :', octets.toString('hex'))
    socket.destroy()
  })
  socket.on('error', echouer)
}

function echouer(erreur: NodeJS.ErrnoException): void {
  console.error(phrase(erreur.code, options.port))
  process.exit(1)
}
