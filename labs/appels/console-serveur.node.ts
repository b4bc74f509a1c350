// Console du serveur : socket, bind, listen, accept, recv, send, shutdown, close, un appel à la fois.
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { lireOptions } from '#commun/options'
import { jouer, Refus } from './console.ts'
import { Conversation } from './conversation.ts'

const options = lireOptions({ port: 1234 })
const HOTE = '127.0.0.1'
const port = options.port === 0 ? await portLibre() : options.port
let serveur: Server | undefined
let attache: number | undefined
let conversation: Conversation | undefined
/** Les connexions que le système a établies et que accept() n'a pas encore prises. */
const file: Socket[] = []

// #region appels
function socket(): string {
  if (serveur) return ' : déjà fait, close() pour en finir'
  serveur = createServer({ allowHalfOpen: true, pauseOnConnect: true })
  serveur.on('connection', (client) => file.push(client))
  return ' : réussi'
}

function bind(): string {
  if (!serveur) throw new Refus('EBADF')
  if (attache !== undefined) throw new Refus('EINVAL')
  attache = port
  return ` : réussi, ${HOTE}:${attache}`
}

async function listen(): Promise<string> {
  if (!serveur) throw new Refus('EBADF')
  // Sans bind(), le système choisit le port.
  if (!serveur.listening) await once(serveur.listen(attache ?? 0, HOTE), 'listening')
  return ` : réussi, port ${(serveur.address() as AddressInfo).port}`
}

async function accept(): Promise<string> {
  if (!serveur) throw new Refus('EBADF')
  if (!serveur.listening) throw new Refus('EINVAL')
  if (conversation) return ' : cette console tient une conversation à la fois, close() pour en finir'
  if (file.length === 0) console.log('accept() : attend un client')
  while (file.length === 0) await once(serveur, 'connection')
  const client = file.shift()!
  conversation = new Conversation(client)
  return ` : réussi, pair ${client.remoteAddress}:${client.remotePort}`
}
// #endregion

/** La conversation en cours ; le socket d'écoute n'échange rien. */
function enCours(): Conversation {
  if (!serveur && !conversation) throw new Refus('EBADF')
  if (!conversation) throw new Refus('ENOTCONN')
  return conversation
}

function close(): string {
  if (conversation) {
    conversation.close()
    conversation = undefined
    return ' : réussi, conversation fermée'
  }
  if (!serveur) throw new Refus('EBADF')
  if (serveur.listening) serveur.close()
  for (const client of file.splice(0)) client.resetAndDestroy()
  serveur = attache = undefined
  return ' : réussi, écoute fermée'
}

/** Un port libre, emprunté au système puis rendu : le client doit le connaître avant bind(). */
async function portLibre(): Promise<number> {
  const essai = createServer().listen(0, HOTE)
  await once(essai, 'listening')
  const { port } = essai.address() as AddressInfo
  essai.close()
  return port
}

console.log('Variante Node : bind() est noté, listen() fait les deux ;')
console.log('  le système accepte, accept() prend dans la file.')
console.log('Appels : socket, bind, listen, accept,')
console.log('  recv, send, shutdown, close')
console.log('Console du serveur prête, port :', port)
jouer({
  socket,
  bind,
  listen,
  accept,
  recv: () => enCours().recv(),
  send: (texte) => enCours().send(texte),
  shutdown: () => enCours().shutdown(),
  close,
})
