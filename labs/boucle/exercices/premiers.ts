// Exercice 8.5-2 : un calcul long qui ne fige rien.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QHostAddress, QUdpSocket, toUtf8 } from '#qt-network'

const options = lireOptions({ port: 12345 })
const socket = new QUdpSocket()

function estPremier(nombre: number): boolean {
  for (let diviseur = 2; diviseur < nombre; diviseur += 1) if (nombre % diviseur === 0) return false
  return nombre > 1
}

/** Le nombre premier de rang n. À vous : découper cette recherche en tranches. */
function premier(n: number): number {
  let nombre = 1
  for (let trouves = 0; trouves < n; ) {
    nombre += 1
    if (estPremier(nombre)) trouves += 1
  }
  return nombre
}

socket.readyRead.connect(() => {
  while (socket.hasPendingDatagrams()) {
    const { data, address, port } = socket.readDatagram()
    const [mot, n] = fromUtf8(data).split(' ')
    if (mot === 'PING') socket.writeDatagram(toUtf8('PONG'), address, port)
    if (mot === 'PREMIER') socket.writeDatagram(toUtf8(String(premier(Number(n)))), address, port)
  }
})

if (socket.bind(QHostAddress.AnyIPv4, options.port)) {
  console.log('Premiers prêt, port :', socket.localPort())
} else {
  console.log(phrase(socket.error(), options.port))
  terminer(1)
}
