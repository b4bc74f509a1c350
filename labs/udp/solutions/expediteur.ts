// Exercice 8.5.1-1 : expédier un datagramme, un seul.
import { lireOptions } from '#commun/options'
import { terminer } from '#commun/sortie'
import { QHostAddress, QUdpSocket, toUtf8 } from '#qt-network'

const options = lireOptions({ hote: '127.0.0.1', port: 12345, message: 'Message à envoyer' })
const udpSocket = new QUdpSocket()
const adresse = new QHostAddress(options.hote)

const taille = udpSocket.writeDatagram(toUtf8(options.message), adresse, options.port)
if (taille < 0) console.log('ERREUR TAILLE')
terminer(taille < 0 ? 1 : 0)
