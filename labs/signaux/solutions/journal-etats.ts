// Exercice 8.6.2-3 : la vie d'un socket, état par état.
import { lireOptions } from '#commun/options'
import { terminer } from '#commun/sortie'
import { QAbstractSocket, QTcpSocket, type SocketState } from '#qt-network'

const options = lireOptions({ hote: '127.0.0.1', port: 1234 })
const socket = new QTcpSocket()

const MOTS = new Map<SocketState, string>([
  [QAbstractSocket.SocketState.HostLookupState, 'RECHERCHE'],
  [QAbstractSocket.SocketState.ConnectingState, 'CONNEXION'],
  [QAbstractSocket.SocketState.ConnectedState, 'CONNECTE'],
  [QAbstractSocket.SocketState.ClosingState, 'FERMETURE'],
  [QAbstractSocket.SocketState.UnconnectedState, 'DECONNECTE'],
])
socket.stateChanged.connect((etat) => console.log(MOTS.get(etat)))
socket.connected.connect(() => socket.disconnectFromHost())
socket.disconnected.connect(() => terminer(0))
socket.errorOccurred.connect(() => terminer(1))
socket.connectToHost(options.hote, options.port)
