// Exercice 8.5-2 : un calcul long qui ne fige rien.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QHostAddress, QTimer, QUdpSocket, toUtf8 } from '#qt-network'

const options = lireOptions({ port: 12345 })
const socket = new QUdpSocket()

/** Durée d'une tranche de calcul, en ms : aucune visite n'attend plus longtemps. */
const TRANCHE = 10

function estPremier(nombre: number): boolean {
  for (let diviseur = 2; diviseur * diviseur <= nombre; diviseur += 1)
    if (nombre % diviseur === 0) return false
  return nombre > 1
}

/** Cherche le nombre premier de rang n par tranches, puis le donne à `repondre`. */
function chercher(n: number, repondre: (premier: number) => void): void {
  let nombre = 1
  let trouves = 0
  function suite(): void {
    const fin = performance.now() + TRANCHE
    while (trouves < n && performance.now() < fin) {
      nombre += 1
      if (estPremier(nombre)) trouves += 1
    }
    if (trouves < n) QTimer.singleShot(0, suite)
    else repondre(nombre)
  }
  suite()
}

socket.readyRead.connect(() => {
  while (socket.hasPendingDatagrams()) {
    const { data, address, port } = socket.readDatagram()
    const [mot, n] = fromUtf8(data).split(' ')
    if (mot === 'PING') socket.writeDatagram(toUtf8('PONG'), address, port)
    if (mot === 'PREMIER') {
      chercher(Number(n), (premier) => socket.writeDatagram(toUtf8(String(premier)), address, port))
    }
  }
})

if (socket.bind(QHostAddress.AnyIPv4, options.port)) {
  console.log('Premiers prêt, port :', socket.localPort())
} else {
  console.log(phrase(socket.error(), options.port))
  terminer(1)
}
