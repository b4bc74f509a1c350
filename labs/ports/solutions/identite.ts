// Exercice 8.1-1 : la carte d'identité d'une connexion.
import { connect } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'

const options = lireOptions({ hote: '127.0.0.1', port: 8080 })
const socket = connect(options.port, options.hote)

/** Une adresse IPv6 contient des deux-points : des crochets la séparent du port. */
function extremite(ip = '?', port = 0): string {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`
}

socket.on('connect', () => {
  console.log('LOCAL', extremite(socket.localAddress, socket.localPort))
  console.log('DISTANT', extremite(socket.remoteAddress, socket.remotePort))
  socket.end()
})
socket.on('error', (erreur: NodeJS.ErrnoException) => {
  console.log(erreur.code === 'ECONNREFUSED' ? 'ERREUR REFUS' : phrase(erreur))
  process.exitCode = 1
})
