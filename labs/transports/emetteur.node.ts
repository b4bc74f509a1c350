// Émetteur : envoie les nombres à partir de 1, un envoi par nombre, en UDP ou en TCP.
import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'

const options = lireOptions({
  transport: ['udp', 'tcp'],
  hote: '127.0.0.1',
  port: 12345,
  nombre: 50,
  taille: 0,
})
/** Les nombres envoyés ; `taille`, en octets, les complète par des espaces. */
const messages = Array.from({ length: options.nombre }, (_, i) => `${i + 1} `.padEnd(options.taille))

if (options.transport === 'udp') envoyerUdp()
else envoyerTcp()

// #region udp
function envoyerUdp(): void {
  const socket = createSocket('udp4')
  let restants = messages.length
  for (const message of messages) {
    socket.send(message, options.port, options.hote, (erreur) => {
      if (erreur) echouer(erreur)
      restants -= 1
      if (restants > 0) return
      console.log(`${messages.length} datagrammes envoyés, tous acceptés par le système`)
      socket.close()
    })
  }
  if (messages.length === 0) socket.close()
}
// #endregion

// #region tcp
function envoyerTcp(): void {
  const socket = connect(options.port, options.hote)
  socket.on('connect', () => {
    for (const message of messages) socket.write(message)
    socket.end(() => console.log(`${messages.length} écritures faites, puis fin de flux`))
  })
  socket.on('error', echouer)
  socket.resume()
}
// #endregion

function echouer(erreur: NodeJS.ErrnoException): void {
  console.error(phrase(erreur.code))
  process.exit(1)
}
