// Exercice 8.4.1-4 : transférer un fichier, un bloc à la fois, malgré les pertes.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QTimer, QUdpSocket } from '#qt-network'

const options = lireOptions({
  role: ['recepteur', 'emetteur'],
  hote: '127.0.0.1',
  port: 12345,
  fichier: join(tmpdir(), 'recu.bin'),
})
const socket = new QUdpSocket()
/** Taille d'un bloc, en octets. */
const BLOC = 1000
/** Attente d'un accusé avant de réémettre, en ms. */
const DELAI = 100
/** Temps où le récepteur répète son dernier accusé, en ms. */
const RESTE = 1000

if (options.role === 'recepteur') recevoir()
else envoyer(readFileSync(options.fichier))

function recevoir(): void {
  if (!socket.bind(QHostAddress.AnyIPv4, options.port)) {
    console.log(phrase(socket.error(), options.port))
    terminer(1)
    return
  }
  writeFileSync(options.fichier, '')
  let attendu = 0
  socket.readyRead.connect(() => {
    while (socket.hasPendingDatagrams()) {
      const recu = socket.receiveDatagram()
      const message = recu.data()
      const numero = message.readUInt32BE(0)
      const donnees = message.subarray(4)
      // Un doublon s'acquitte de nouveau : c'est son accusé qui s'est perdu.
      socket.writeDatagram(recu.makeReply(message.subarray(0, 4)))
      if (numero !== attendu) continue
      attendu += 1
      appendFileSync(options.fichier, donnees)
      // Le dernier accusé peut se perdre : rester encore un peu pour le répéter.
      if (donnees.length === 0) QTimer.singleShot(RESTE, () => terminer(0))
    }
  })
  console.log('Transfert prêt, port :', socket.localPort())
}

function envoyer(contenu: Buffer): void {
  const destinataire = new QHostAddress(options.hote)
  const minuteur = new QTimer()
  const dernier = Math.ceil(contenu.length / BLOC)
  let numero = 0
  let reprises = 0

  function emettre(): void {
    const entete = Buffer.alloc(4)
    entete.writeUInt32BE(numero)
    // Après le dernier bloc, un bloc vide annonce la fin.
    const bloc = Buffer.concat([entete, contenu.subarray(numero * BLOC, (numero + 1) * BLOC)])
    socket.writeDatagram(bloc, destinataire, options.port)
    minuteur.start(DELAI)
  }

  minuteur.timeout.connect(() => {
    reprises += 1
    if (reprises > 20) terminer(1)
    else emettre()
  })
  socket.readyRead.connect(() => {
    while (socket.hasPendingDatagrams()) {
      const { data } = socket.readDatagram()
      if (data.length !== 4 || data.readUInt32BE(0) !== numero) continue
      numero += 1
      reprises = 0
      if (numero <= dernier) emettre()
      else terminer(0)
    }
  })
  socket.bind(QHostAddress.AnyIPv4, 0)
  emettre()
}
