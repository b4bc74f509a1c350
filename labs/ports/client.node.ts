// Client : vise un port, pose une question et montre qui répond.
import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { entreGuillemets } from '#commun/texte'

const options = lireOptions({
  port: 8080,
  hote: '127.0.0.1',
  transport: ['tcp', 'udp'],
  question: 'GET / HTTP/1.1',
})
/** Sans réponse après ce délai, en ms, le client UDP abandonne : rien d'autre ne le lui dirait. */
const PATIENCE = 2000

console.log(`Port visé : ${options.transport.toUpperCase()} ${options.hote}:${options.port}`)
if (options.transport === 'tcp') viserTcp()
else viserUdp()

// #region tcp
function viserTcp(): void {
  const socket = connect(options.port, options.hote)
  socket.on('connect', () => {
    console.log(
      `Connecté : ${socket.localAddress}:${socket.localPort} → ${socket.remoteAddress}:${socket.remotePort}`,
    )
    socket.write(`${options.question}\r\nHost: ${options.hote}\r\n\r\n`)
  })
  socket.on('data', montrer)
  socket.on('end', () => console.log('Le serveur a raccroché'))
  socket.on('error', echouer)
}
// #endregion

// #region udp
function viserUdp(): void {
  const socket = createSocket('udp4')
  socket.on('message', (datagramme) => {
    montrer(datagramme)
    process.exit(0)
  })
  socket.on('error', echouer)
  socket.send(options.question, options.port, options.hote, (erreur) => erreur && echouer(erreur))
  setTimeout(() => {
    console.error(
      `Silence : aucune réponse en ${PATIENCE} ms, vérifier le port et le transport (--transport).`,
    )
    process.exit(1)
  }, PATIENCE)
}
// #endregion

function montrer(octets: Buffer | string): void {
  for (const ligne of octets.toString().trimEnd().split('\n')) console.log('Reçu :', entreGuillemets(ligne))
}

function echouer(erreur: NodeJS.ErrnoException): void {
  console.error(phrase(erreur.code))
  process.exit(1)
}
