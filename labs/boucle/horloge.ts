// Horloge : écrit TIC toutes les 100 ms et fait un long calcul à chaque datagramme reçu.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { fromUtf8, QHostAddress, QTimer, QUdpSocket, qDebug, qs } from '#qt-network'

const options = lireOptions({ port: 12345, calcul: 1000, tranches: false })
const socket = new QUdpSocket()
/** Durée d'une tranche de calcul, en ms : assez courte pour que l'horloge ne s'en aperçoive pas. */
const TRANCHE = 10

// #region tic
const horloge = new QTimer()
let rang = 0
let precedent = performance.now()
horloge.timeout.connect(() => {
  const retard = Math.round(performance.now() - precedent) - 100
  precedent = performance.now()
  rang += 1
  qDebug(`TIC ${rang}${retard > 100 ? ` (en retard de ${retard} ms)` : ''}`)
})
// #endregion

/** Occupe le processeur, comme un vrai calcul, pendant cette durée en ms. */
function calculer(duree: number): void {
  const fin = performance.now() + duree
  while (performance.now() < fin);
}

// #region lecture
socket.readyRead.connect(() => {
  while (socket.hasPendingDatagrams()) {
    qDebug('Reçu :', qs(fromUtf8(socket.receiveDatagram().data())))
    qDebug('Calcul commencé')
    if (options.tranches) calculerEnTranches(options.calcul)
    else {
      calculer(options.calcul)
      qDebug('Calcul terminé')
    }
  }
})
// #endregion

// #region tranches
/** Entre deux tranches, la boucle d'événements reprend la main : minuteurs et datagrammes passent. */
function calculerEnTranches(reste: number): void {
  if (reste <= 0) {
    qDebug('Calcul terminé')
    return
  }
  calculer(Math.min(TRANCHE, reste))
  QTimer.singleShot(0, () => calculerEnTranches(reste - TRANCHE))
}
// #endregion

if (!socket.bind(QHostAddress.AnyIPv4, options.port)) {
  qDebug(phrase(socket.error().valeur, options.port))
  process.exit(1)
}
qDebug('Horloge prête, port :', socket.localPort())
horloge.start(100)
