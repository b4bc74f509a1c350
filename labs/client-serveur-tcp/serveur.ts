// Serveur TCP d'un seul client à la fois : les suivants attendent leur tour (sections 8.6.4 et 8.6.5).
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import {
  fromUtf8,
  QAbstractSocket,
  QHostAddress,
  QTcpServer,
  type QTcpSocket,
  qDebug,
  qs,
  type SocketError,
  toUtf8,
} from '#qt-network'

// #region classe
class Serveur {
  private readonly serveur = new QTcpServer()
  private client: QTcpSocket | null = null
  // #endregion

  // #region liaisons
  constructor() {
    // CRÉER
    this.serveur.setMaxPendingConnections(500) // la file d'attente : 30 si rien n'est dit
    this.serveur.newConnection.connect(this, this.onQTcpServer_NewConnection)
  }
  // #endregion

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
    if (this.client) return // la place est prise : le suivant reste dans la file
    this.client = this.serveur.nextPendingConnection()
    if (!this.client) return
    qDebug('Nouveau client, port :', this.client.peerPort())
    this.client.readyRead.connect(this, this.onQTcpSocket_ReadyRead)
    this.client.disconnected.connect(this, this.onQTcpSocket_Disconnected)
    this.client.errorOccurred.connect(this, this.onQTcpSocket_ErrorOccurred)
    // Ce qui s'est passé pendant son attente dans la file n'a été annoncé à personne.
    if (this.client.bytesAvailable() > 0) this.onQTcpSocket_ReadyRead()
    if (this.client?.state() === QAbstractSocket.SocketState.UnconnectedState)
      this.onQTcpSocket_Disconnected()
  }
  // #endregion

  // #region deconnexion
  onQTcpSocket_Disconnected(): void {
    // FERMER
    qDebug('Client déconnecté')
    this.client?.deleteLater()
    this.client = null
    this.onQTcpServer_NewConnection() // au suivant, s'il y en a un
  }
  // #endregion

  // #region lecture
  onQTcpSocket_ReadyRead(): void {
    // ÉCHANGER
    if (!this.client) return
    const texte = fromUtf8(this.client.readAll())
    qDebug('Reçu :', qs(texte))
    this.client.write(toUtf8('Message reçu sur le serveur : ' + texte))
  }
  // #endregion

  // #region erreurs
  onQTcpSocket_ErrorOccurred(erreur: SocketError): void {
    if (!this.client) return
    switch (erreur) {
      case QAbstractSocket.SocketError.RemoteHostClosedError:
        qDebug('Le client a fermé la connexion') // une fin normale : Qt ferme ce socket lui-même
        break
      default:
        qDebug('Erreur client :', phrase(erreur))
        this.client.disconnectFromHost()
    }
  }
  // #endregion
}

// #region principal
const options = lireOptions({ port: 1234 })
const serveur = new Serveur()
if (!serveur.LancerServeur(options.port)) terminer(1)
// #endregion
