// Exercice 8.6.2-3 : la vie d'un socket, état par état.
import { lireOptions } from '#commun/options'
import { terminer } from '#commun/sortie'
import { QTcpSocket } from '#qt-network'

const options = lireOptions({ hote: '127.0.0.1', port: 1234 })
const socket = new QTcpSocket()

// À vous : RECHERCHE, CONNEXION, CONNECTE, FERMETURE, DECONNECTE.
socket.stateChanged.connect((etat) => console.log('état', Number(etat)))
socket.connected.connect(() => socket.disconnectFromHost())
socket.disconnected.connect(() => terminer(0))
socket.errorOccurred.connect(() => terminer(1))
socket.connectToHost(options.hote, options.port)
