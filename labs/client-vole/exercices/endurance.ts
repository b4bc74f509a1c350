// Exercice 8.6.5-3 : cinq mille clients plus tard.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { QHostAddress, QTcpServer, type QTcpSocket } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()
const historique: QTcpSocket[] = []
let departs = 0

setFlagsFromString('--expose-gc')
const ramasser: () => void = runInNewContext('gc')

/** Compte un départ ; tous les mille, ramasse ce qui ne sert plus et dit ce qui reste retenu. */
function compterDepart(): void {
  departs += 1
  if (departs % 1000 !== 0) return
  ramasser()
  console.log(
    `Départs : ${departs}, mémoire retenue : ${(process.memoryUsage().heapUsed / 1e6).toFixed(1)} Mo`,
  )
}

serveur.newConnection.connect(() => {
  for (let client = serveur.nextPendingConnection(); client; client = serveur.nextPendingConnection()) {
    const nouveau = client
    // À vous : ce serveur garde tout le monde, pour toujours.
    historique.push(nouveau)
    nouveau.readyRead.connect(() => nouveau.write(nouveau.readAll()))
    nouveau.disconnected.connect(() => {
      console.log('Client déconnecté')
      compterDepart()
    })
  }
})

if (serveur.listen(QHostAddress.AnyIPv4, options.port)) {
  console.log('Serveur lancé sur le port :', serveur.serverPort())
} else {
  console.log(phrase(serveur.serverError(), options.port))
  terminer(3)
}
