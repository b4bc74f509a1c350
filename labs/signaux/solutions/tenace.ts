// Exercice 8.6.2-4 : réessayer, de moins en moins souvent.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QTcpSocket, QTimer, toUtf8 } from '#qt-network'

const options = lireOptions({ hote: '127.0.0.1', port: 1234, message: 'Bonjour' })
const socket = new QTcpSocket()

/** Attentes avant chaque nouvel essai, en ms. */
const DELAIS = [200, 400, 800, 1600]
let essai = 0
let estParti = false

function essayer(): void {
  essai += 1
  console.log('ESSAI', essai)
  socket.connectToHost(options.hote, options.port)
}

socket.connected.connect(() => {
  estParti = true
  socket.write(toUtf8(`${options.message}\n`))
  socket.disconnectFromHost()
})
socket.disconnected.connect(() => terminer(0))
socket.errorOccurred.connect((erreur) => {
  if (estParti) return
  console.log(phrase(erreur))
  const delai = DELAIS[essai - 1]
  if (delai === undefined) terminer(14)
  else QTimer.singleShot(delai, essayer)
})
essayer()
