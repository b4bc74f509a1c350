// Exercice 8.6.3-1 : envoyer au bon moment, et savoir finir.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QTcpSocket, QTimer, toUtf8 } from '#qt-network'

const options = lireOptions({ hote: '127.0.0.1', port: 1234, message: 'Hello, Serveur !' })
const socket = new QTcpSocket()

// À vous : la réponse peut arriver en plusieurs morceaux.
socket.readyRead.connect(() => console.log(fromUtf8(socket.readAll())))
socket.disconnected.connect(() => terminer(0))
socket.errorOccurred.connect((erreur) => console.log(phrase(erreur)))
socket.connectToHost(options.hote, options.port)
// À vous : deux secondes ne correspondent à rien.
QTimer.singleShot(2000, () => socket.write(toUtf8(options.message)))
