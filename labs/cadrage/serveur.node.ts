// Serveur : compte ses lectures et les messages qu'il y retrouve, selon le cadrage choisi.
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { entreGuillemets } from '#commun/texte'
import { Decodeur } from './cadreur.ts'

const options = lireOptions({ port: 1234, cadrage: ['lignes', 'longueur', 'aucun'], max: 1024 })

// #region lecture
function accueillir(socket: Socket): void {
  const decodeur = new Decodeur(options.cadrage, options.max)
  let lectures = 0
  let messages = 0
  socket.on('data', (octets: Buffer) => {
    lectures += 1
    console.log(`Lecture n° ${lectures}, taille ${octets.length}`)
    for (const message of decodeur.lire(octets)) {
      messages += 1
      console.log(`Message n° ${messages} :`, entreGuillemets(message.toString()))
    }
    if (!decodeur.refus) return
    console.log(`Message refusé : plus de ${options.max} octets, conversation coupée`)
    socket.destroy()
  })
  // Un départ brutal n'est pas une panne du serveur ; 'close' suit.
  socket.on('error', () => undefined)
  socket.on('close', () => {
    console.log(`Bilan, cadrage ${options.cadrage}, messages : ${messages}, lectures : ${lectures}`)
    if (decodeur.reste > 0) console.log('Octets sans fin de message :', decodeur.reste)
  })
}
// #endregion

const serveur = createServer(accueillir)
serveur.on('listening', () => {
  console.log(`Serveur prêt, cadrage ${options.cadrage}, port :`, (serveur.address() as AddressInfo).port)
})
serveur.on('error', (erreur: NodeJS.ErrnoException) => {
  console.error(phrase(erreur.code, options.port))
  process.exit(1)
})
serveur.listen(options.port, '0.0.0.0')
