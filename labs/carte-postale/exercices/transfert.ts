// Exercice 8.4.1-4 : transférer un fichier, un bloc à la fois, malgré les pertes.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QUdpSocket } from '#qt-network'

const options = lireOptions({
  role: ['recepteur', 'emetteur'],
  hote: '127.0.0.1',
  port: 12345,
  fichier: join(tmpdir(), 'recu.bin'),
})
const socket = new QUdpSocket()
/** Taille d'un bloc, en octets. */
const BLOC = 1000

if (options.role === 'recepteur') recevoir()
else envoyer(readFileSync(options.fichier))

function recevoir(): void {
  if (!socket.bind(QHostAddress.AnyIPv4, options.port)) {
    console.log(phrase(socket.error(), options.port))
    terminer(1)
    return
  }
  writeFileSync(options.fichier, '')
  socket.readyRead.connect(() => {
    // À vous : lire le numéro du bloc, l'acquitter, écarter un doublon, reconnaître la fin.
    while (socket.hasPendingDatagrams()) appendFileSync(options.fichier, socket.receiveDatagram().data())
  })
  console.log('Transfert prêt, port :', socket.localPort())
}

function envoyer(contenu: Buffer): void {
  const destinataire = new QHostAddress(options.hote)
  // À vous : numéroter chaque bloc et n'envoyer le suivant qu'une fois celui-ci acquitté.
  for (let debut = 0; debut < contenu.length; debut += BLOC) {
    socket.writeDatagram(contenu.subarray(debut, debut + BLOC), destinataire, options.port)
  }
  terminer(0)
}
