// Exercice 8.6.6-2 : un salon avec des pseudos.
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QHostAddress, QTcpServer, type QTcpSocket, toUtf8 } from '#qt-network'

const options = lireOptions({ port: 1234 })
const serveur = new QTcpServer()
/** Le pseudo de chaque client qui en a donné un. */
const pseudos = new Map<QTcpSocket, string>()

function diffuser(ligne: string, auteur: QTcpSocket): void {
  for (const client of pseudos.keys()) if (client !== auteur) client.write(toUtf8(`${ligne}\n`))
}

function entendre(client: QTcpSocket, ligne: string): void {
  const pseudo = pseudos.get(client)
  if (pseudo !== undefined) diffuser(`${pseudo}: ${ligne}`, client)
  else if ([...pseudos.values()].includes(ligne)) client.write('ERREUR PSEUDO\n')
  else pseudos.set(client, ligne)
}

function accueillir(client: QTcpSocket): void {
  client.readyRead.connect(() => {
    while (client.canReadLine()) entendre(client, fromUtf8(client.readLine()).trimEnd())
  })
  client.disconnected.connect(() => {
    const pseudo = pseudos.get(client)
    pseudos.delete(client)
    if (pseudo !== undefined) diffuser(`* ${pseudo} est parti`, client)
    client.deleteLater()
  })
}

serveur.newConnection.connect(() => {
  for (let client = serveur.nextPendingConnection(); client; client = serveur.nextPendingConnection()) {
    accueillir(client)
  }
})
if (serveur.listen(QHostAddress.AnyIPv4, options.port)) {
  console.log('Serveur lancé sur le port :', serveur.serverPort())
} else {
  console.log(phrase(serveur.serverError(), options.port))
  terminer(3)
}
