// Exercice 8.5.1-4 : la dernière valeur de chaque capteur.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QHostAddress, QUdpSocket, toUtf8 } from '#qt-network'

const options = lireOptions({ port: 12345 })
const udpSocket = new QUdpSocket()
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

function lireDatagram(): void {
  while (udpSocket.hasPendingDatagrams()) {
    const { data, address, port } = udpSocket.readDatagram()
    const texte = fromUtf8(data)
    if (texte === 'ETAT') udpSocket.writeDatagram(toUtf8(etat()), address, port)
    else retenir(texte)
  }
}

if (udpSocket.bind(QHostAddress.AnyIPv4, options.port)) {
  udpSocket.readyRead.connect(lireDatagram)
  console.log('Tableau de bord attaché au port :', udpSocket.localPort())
} else {
  console.log(phrase(udpSocket.error(), options.port))
  terminer(3)
}
