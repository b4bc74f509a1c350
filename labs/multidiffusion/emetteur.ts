// Émetteur : envoie chaque ligne tapée au groupe. Il n'a pas besoin d'en être membre.
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QUdpSocket, qDebug, toUtf8 } from '#qt-network'
import { nomInterface } from './interfaces.ts'

const options = lireOptions({ port: 12345, groupe: '239.255.43.21', interface: '127.0.0.1' })
const socket = new QUdpSocket()
const groupe = new QHostAddress(options.groupe)
const carte = nomInterface(options.interface)

if (!groupe.isMulticast()) {
  qDebug(`« ${options.groupe} » n'est pas un groupe : choisir une adresse de 224.0.0.0 à 239.255.255.255`)
  process.exit(2)
}
if (carte === undefined) {
  qDebug(`Aucune interface ne porte l'adresse ${options.interface} : essayer --interface 127.0.0.1`)
  process.exit(1)
}

// #region envoi
// L'interface de sortie se choisit sur un socket déjà attaché.
socket.bind(QHostAddress.AnyIPv4, 0)
socket.setMulticastInterface(carte)
// Avec 1, le datagramme ne quitte pas le réseau local : aucun routeur ne le transmet.
socket.setMulticastTtl(1)

function envoyer(texte: string): void {
  const taille = socket.writeDatagram(toUtf8(texte), groupe, options.port)
  if (taille < 0) qDebug(phrase(socket.error().valeur))
  else qDebug(`Envoyé au groupe ${options.groupe}:${options.port}, taille ${taille}`)
}
// #endregion

qDebug('Émetteur prêt : un message par ligne, Ctrl+D pour finir')
lireLignes(envoyer, () => terminer(0))
