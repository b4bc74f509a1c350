// Le même serveur, réparé : chaque slot demande à sender() de quel client il s'agit (section 8.6.5).
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import {
  fromUtf8,
  QAbstractSocket,
  QHostAddress,
  QTcpServer,
  QTcpSocket,
  qDebug,
  qs,
  type SocketError,
  sender,
  toUtf8,
} from '#qt-network'

// #region classe
class Serveur {
  private readonly serveur = new QTcpServer()
  // plus de pointeur : chaque socket vit jusqu'à son propre disconnected
  // #endregion

  constructor() {
    this.serveur.newConnection.connect(this, this.onQTcpServer_NewConnection)
  }

  // #region ecoute
  LancerServeur(port: number): boolean {
    // ÉCOUTER
    if (!this.serveur.listen(QHostAddress.Any, port)) {
      qDebug(phrase(this.serveur.serverError(), port))
      return false
    }
    qDebug('Serveur lancé sur le port :', this.serveur.serverPort())
    return true
  }
  // #endregion

  // #region acceptation
  onQTcpServer_NewConnection(): void {
    // ACCEPTER
    const client = this.serveur.nextPendingConnection()
    if (!client) return
    qDebug('Nouveau client, port :', client.peerPort())
    client.readyRead.connect(this, this.onQTcpSocket_ReadyRead)
    client.disconnected.connect(this, this.onQTcpSocket_Disconnected)
    client.errorOccurred.connect(this, this.onQTcpSocket_ErrorOccurred)
  }
  // #endregion

  // #region deconnexion
  onQTcpSocket_Disconnected(): void {
    // FERMER
    const client = sender()
    qDebug('Client déconnecté')
    client?.deleteLater() // celui qui est parti, et lui seul
  }
  // #endregion

  // #region lecture
  onQTcpSocket_ReadyRead(): void {
    // ÉCHANGER
    const client = sender()
    if (!(client instanceof QTcpSocket)) return
    const texte = fromUtf8(client.readAll()) // celui qui a parlé
    qDebug('Reçu :', qs(texte))
    client.write(toUtf8('Message reçu sur le serveur : ' + texte))
  }
  // #endregion

  // #region erreurs
  onQTcpSocket_ErrorOccurred(erreur: SocketError): void {
    const client = sender()
    if (!(client instanceof QTcpSocket)) return
    if (erreur === QAbstractSocket.SocketError.RemoteHostClosedError) return // un départ : rien à faire, disconnected suit
    qDebug('Erreur client :', phrase(erreur))
    client.disconnectFromHost()
  }
  // #endregion
}

// #region principal
const options = lireOptions({ port: 1234 })
const serveur = new Serveur()
if (!serveur.LancerServeur(options.port)) terminer(1)
// #endregion
