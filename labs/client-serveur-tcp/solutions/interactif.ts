// Exercice 8.6.3-3 : parler, se taire, écouter encore. Avec node:net, qui sait fermer un seul sens.
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'

const options = lireOptions({ hote: '127.0.0.1', port: 1234 })
const socket = connect({ host: options.hote, port: options.port, allowHalfOpen: true })

createInterface({ input: socket })
  .on('line', (ligne) => console.log(ligne))
  .on('error', () => undefined) // readline répète les erreurs du socket, traitées plus bas
socket.on('error', (erreur: NodeJS.ErrnoException) => {
  console.log(phrase(erreur.code))
  terminer(1)
})
let finSaisie = false
socket.on('end', () => terminer(finSaisie ? 0 : 12))

lireLignes(
  (ligne) => socket.write(`${ligne}\n`),
  () => {
    finSaisie = true
    socket.end()
  },
)
