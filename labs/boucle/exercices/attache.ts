// Exercice 8.5-3 : dire pourquoi l'attache a échoué.
import { lireOptions } from '#commun/options'
import { QHostAddress, QUdpSocket } from '#qt-network'

const options = lireOptions({ port: 12345, adresse: '127.0.0.1' })
const socket = new QUdpSocket()

// À vous : regarder ce que répond bind, puis error() ; le code de sortie d'un échec est 3.
// QAbstractSocket s'importe de #qt-network, et terminer de #commun/sortie.
socket.bind(new QHostAddress(options.adresse), options.port)
console.log('PRET', options.port)
