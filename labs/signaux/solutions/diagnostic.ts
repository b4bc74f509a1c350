// Exercice 8.6.2-2 : à chaque panne son nom et son code.
import { lireOptions } from '#commun/options'
import { terminer } from '#commun/sortie'
import { QAbstractSocket, QTcpSocket, QTimer, type SocketError } from '#qt-network'

const options = lireOptions({ hote: '127.0.0.1', port: 1234 })
const socket = new QTcpSocket()

const minuteur = new QTimer()

/** Le mot et le code de chaque panne. */
const PANNES = new Map<SocketError, { mot: string; code: number }>([
  [QAbstractSocket.SocketError.ConnectionRefusedError, { mot: 'REFUS', code: 10 }],
  [QAbstractSocket.SocketError.HostNotFoundError, { mot: 'HOTE', code: 11 }],
  [QAbstractSocket.SocketError.RemoteHostClosedError, { mot: 'FERME', code: 13 }],
])

function echouer(mot: string, code: number): void {
  minuteur.stop()
  console.log('ERREUR', mot)
  terminer(code)
}

socket.connected.connect(() => minuteur.stop())
socket.readyRead.connect(() => {
  console.log('REPONSE', socket.readAll().length)
  terminer(0)
})
socket.errorOccurred.connect((erreur) => {
  const panne = PANNES.get(erreur)
  if (panne) echouer(panne.mot, panne.code)
})
minuteur.timeout.connect(() => {
  socket.abort()
  echouer('DELAI', 12)
})
minuteur.start(2000)
socket.connectToHost(options.hote, options.port)
