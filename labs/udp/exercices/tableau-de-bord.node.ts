// Exercice 8.5.1-4 : la dernière valeur de chaque capteur.
import { createSocket } from 'node:dgram'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'

const options = lireOptions({ port: 12345 })
const socket = createSocket('udp4')
const rejets = 0

/** La réponse à ETAT : une ligne par capteur, puis le nombre de rejets. */
function etat(): string {
  // À vous : id=valeur, trié par identifiant ; PERIME pour un capteur muet depuis 2 secondes.
  return `rejets=${rejets}`
}

socket.on('message', (data, { address, port }) => {
  if (data.toString('utf8') === 'ETAT') socket.send(etat(), port, address)
  // À vous : sinon, retenir la valeur de « id;valeur », ou compter un rejet.
})

socket.on('error', (erreur: NodeJS.ErrnoException) => {
  console.log(phrase(erreur.code, options.port))
  terminer(3)
})
socket.bind(options.port, () => console.log('Tableau de bord attaché au port :', socket.address().port))
