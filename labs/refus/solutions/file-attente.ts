// Exercice 8.6.7-3 : faire patienter au lieu de refuser.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QTcpServer, type QTcpSocket } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()
const file: QTcpSocket[] = []
const rangs = new Map<QTcpSocket, number>()
let client: QTcpSocket | null = null

/** Annonce son rang à chaque client de la file. */
function annoncer(): void {
  for (const [i, attente] of file.entries()) {
    if (rangs.get(attente) === i + 1) continue
    rangs.set(attente, i + 1)
    attente.write(`PLACE ${i + 1}\n`)
  }
}

function servir(suivant: QTcpSocket): void {
  client = suivant
  suivant.readyRead.connect(() => suivant.write(suivant.readAll()))
  suivant.write('BIENVENUE\n')
  // Ce qu'il a écrit pendant son attente n'a été annoncé à personne.
  if (suivant.bytesAvailable() > 0) suivant.write(suivant.readAll())
}

function partir(parti: QTcpSocket): void {
  parti.deleteLater()
  rangs.delete(parti)
  if (parti === client) {
    client = null
    const suivant = file.shift()
    if (suivant) servir(suivant)
  } else {
    file.splice(file.indexOf(parti), 1)
  }
  annoncer()
}

serveur.newConnection.connect(() => {
  for (let nouveau = serveur.nextPendingConnection(); nouveau; nouveau = serveur.nextPendingConnection()) {
    const arrive = nouveau
    arrive.disconnected.connect(() => partir(arrive))
    if (client) file.push(nouveau)
    else servir(nouveau)
  }
  annoncer()
})
if (serveur.listen(QHostAddress.AnyIPv4, options.port)) {
  console.log('Serveur lancé sur le port :', serveur.serverPort())
} else {
  console.log(phrase(serveur.serverError(), options.port))
  terminer(3)
}
