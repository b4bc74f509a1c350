// Exercice 8.6.3-2 : les mêmes lettres à l'arrivée qu'au départ.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QTcpSocket, toUtf8 } from '#qt-network'

const options = lireOptions({ hote: '127.0.0.1', port: 1234, message: 'été 5 €' })
const socket = new QTcpSocket()

const morceaux: Buffer[] = []

socket.connected.connect(() => socket.write(toUtf8(options.message)))
socket.readyRead.connect(() => morceaux.push(socket.readAll()))
socket.disconnected.connect(() => {
  console.log(fromUtf8(Buffer.concat(morceaux)))
  terminer(0)
})
socket.errorOccurred.connect((erreur) => console.log(phrase(erreur)))
socket.connectToHost(options.hote, options.port)
