// Serveur : net.Server écoute, et chaque client a son propre net.Socket. L'inventaire montre qui est qui.
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { entreGuillemets } from '#commun/texte'

const options = lireOptions({ port: 1234 })
const serveur = createServer()
const clients = new Map<number, Socket>()
/** Un client qui n'envoie jamais de fin de ligne est écarté au-delà de cette taille, en octets. */
const LIGNE_MAX = 65_536
let rang = 0

// #region arrivee
serveur.on('connection', (socket) => accueillir(socket, ++rang))

function accueillir(socket: Socket, numero: number): void {
  clients.set(numero, socket)
  console.log(`Client ${numero} entré`)
  inventaire()
  lire(socket, numero)
  // Un départ brutal n'est pas une panne du serveur ; 'close' suit et fait le ménage.
  socket.on('error', () => undefined)
  socket.on('close', () => {
    clients.delete(numero)
    console.log(`Client ${numero} parti`)
    inventaire()
  })
}
// #endregion

// #region lecture
function lire(socket: Socket, numero: number): void {
  let tampon = Buffer.alloc(0)
  socket.on('data', (octets: Buffer) => {
    tampon = Buffer.concat([tampon, octets])
    for (let fin = tampon.indexOf('\n'); fin >= 0; fin = tampon.indexOf('\n')) {
      const ligne = tampon.subarray(0, fin).toString().replace(/\r$/, '')
      tampon = tampon.subarray(fin + 1)
      console.log(`Client ${numero} :`, entreGuillemets(ligne))
      socket.write(`Bien reçu, client ${numero}\n`)
    }
    if (tampon.length > LIGNE_MAX) socket.destroy()
  })
}
// #endregion

// #region inventaire
function inventaire(): void {
  const ecoute = serveur.listening
  // Chaque conversation a deux extrémités : si les clients sont sur cette machine, ss montre les deux.
  const lignes = 2 * clients.size + (ecoute ? 1 : 0)
  console.log(
    `Inventaire, écoute : ${ecoute ? 'oui' : 'non'}, conversations : ${clients.size}, lignes de ss : ${lignes}`,
  )
  if (ecoute) {
    const { address, port } = serveur.address() as AddressInfo
    console.log(`  écoute    ${address}:${port}`)
  }
  for (const [numero, socket] of clients) {
    const local = `${socket.localAddress}:${socket.localPort}`
    console.log(`  client ${numero}  ${local} <-> ${socket.remoteAddress}:${socket.remotePort}`)
  }
}
// #endregion

// #region commandes
function obeir(commande: string): void {
  if (commande === 'INVENTAIRE') inventaire()
  else if (commande === 'FERMER') {
    serveur.close()
    console.log('Écoute fermée : plus aucun client ne peut entrer')
    inventaire()
  } else console.log('Commande inconnue : taper INVENTAIRE ou FERMER')
}
// #endregion

serveur.on('listening', () => {
  console.log('Serveur prêt (INVENTAIRE, FERMER), port :', (serveur.address() as AddressInfo).port)
  lireLignes(obeir, () => undefined)
})
serveur.on('error', (erreur: NodeJS.ErrnoException) => {
  console.error(phrase(erreur.code, options.port))
  process.exit(1)
})
serveur.listen(options.port, '0.0.0.0')
