// Récepteur : s'attache à une adresse et à un port qu'il accepte de partager avec d'autres programmes.
import { createSocket } from 'node:dgram'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { entreGuillemets } from '#commun/texte'

const options = lireOptions({ port: 12345, adresse: '0.0.0.0' })
const socket = createSocket({ type: 'udp4', reuseAddr: true })
let rang = 0

// #region lecture
socket.on('message', (datagramme, emetteur) => {
  rang += 1
  const de = `${emetteur.address}:${emetteur.port}`
  console.log(`Reçu n° ${rang} de ${de} :`, entreGuillemets(datagramme.toString()))
})
// #endregion

// #region attache
socket.on('listening', () =>
  console.log(`Récepteur prêt sur ${options.adresse}, port :`, socket.address().port),
)
socket.on('error', (erreur: NodeJS.ErrnoException) => {
  console.error(phrase(erreur.code, options.port))
  process.exit(1)
})
socket.bind(options.port, options.adresse)
// #endregion
