// Exercice 8.6.3-2 : les mêmes lettres à l'arrivée qu'au départ.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QTcpSocket, toLatin1 } from '#qt-network'

const options = lireOptions({ hote: '127.0.0.1', port: 1234, message: 'été 5 €' })
const socket = new QTcpSocket()

// À vous : choisir l'encodage que l'autre côté attend.
socket.connected.connect(() => socket.write(toLatin1(options.message)))
// À vous : un morceau peut s'arrêter au milieu d'un caractère.
socket.readyRead.connect(() => process.stdout.write(fromUtf8(socket.readAll())))
socket.disconnected.connect(() => terminer(0))
socket.errorOccurred.connect((erreur) => console.log(phrase(erreur)))
socket.connectToHost(options.hote, options.port)
