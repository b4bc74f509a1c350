// Console du client : socket, connect, send, recv, shutdown, close, un appel à la fois.
import { once } from 'node:events'
import { isIPv4, Socket } from 'node:net'
import { lireOptions } from '#commun/options'
import { jouer, Refus } from './console.ts'
import { Conversation } from './conversation.ts'

const options = lireOptions({ port: 1234, hote: '127.0.0.1' })
let prise: Socket | undefined
let conversation: Conversation | undefined

// #region appels
function socket(): string {
  if (prise) return ' : déjà fait, close() pour en finir'
  // En pause : Node ne lit rien d'avance, les octets attendent recv() dans le système.
  prise = new Socket({ allowHalfOpen: true }).pause()
  return ' : réussi'
}

async function connect(): Promise<string> {
  if (!prise) throw new Refus('EBADF')
  if (conversation) throw new Refus('EISCONN')
  try {
    await once(prise.connect(options.port, options.hote), 'connect')
  } catch (erreur) {
    // Après un échec, l'état d'un socket n'est pas garanti : il en faut un neuf.
    prise = undefined
    throw erreur
  }
  conversation = new Conversation(prise)
  return ` : réussi, ${prise.localAddress}:${prise.localPort} -> ${prise.remoteAddress}:${prise.remotePort}`
}
// #endregion

function enCours(code = 'ENOTCONN'): Conversation {
  if (!prise) throw new Refus('EBADF')
  if (!conversation) throw new Refus(code)
  return conversation
}

function close(): string {
  if (!prise) throw new Refus('EBADF')
  prise.destroy()
  prise = conversation = undefined
  return ' : réussi'
}

if (!isIPv4(options.hote)) {
  console.error(`Adresse attendue, pas un nom : « ${options.hote} ». Écrire par exemple --hote 127.0.0.1`)
  process.exit(2)
}
console.log('Appels : socket, connect, send, recv, shutdown, close')
console.log('Console du client prête')
jouer({
  socket,
  connect,
  send: (texte) => enCours('EPIPE').send(texte),
  recv: () => enCours().recv(),
  shutdown: () => enCours().shutdown(),
  close,
})
