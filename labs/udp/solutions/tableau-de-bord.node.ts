// Exercice 8.5.1-4 : la dernière valeur de chaque capteur.
import { createSocket } from 'node:dgram'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'

const options = lireOptions({ port: 12345 })
const socket = createSocket('udp4')
const mesures = new Map<string, { valeur: string; vue: number }>()
/** Un capteur muet depuis plus longtemps, en ms, est périmé. */
const PEREMPTION = 2000
let rejets = 0

/** La réponse à ETAT : une ligne par capteur, puis le nombre de rejets. */
function etat(): string {
  const lignes = [...mesures.keys()].sort().map((id) => {
    const { valeur, vue } = mesures.get(id)!
    return `${id}=${performance.now() - vue >= PEREMPTION ? 'PERIME' : valeur}`
  })
  return [...lignes, `rejets=${rejets}`].join('\n')
}

function retenir(texte: string): void {
  const [, id, valeur] = /^([^;]+);(.+)$/.exec(texte) ?? []
  if (id === undefined || valeur === undefined || Number.isNaN(Number(valeur))) rejets += 1
  else mesures.set(id, { valeur, vue: performance.now() })
}

socket.on('message', (data, { address, port }) => {
  const texte = data.toString('utf8')
  if (texte === 'ETAT') socket.send(etat(), port, address)
  else retenir(texte)
})

socket.on('error', (erreur: NodeJS.ErrnoException) => {
  console.log(phrase(erreur.code, options.port))
  terminer(3)
})
socket.bind(options.port, () => console.log('Tableau de bord attaché au port :', socket.address().port))
