// Serveur mono-client qui refuse le second client sans gêner le premier (section 8.6.7).
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { fromUtf8, QAbstractSocket, QHostAddress, QTcpServer, type QTcpSocket, qDebug, qs } from '#qt-network'

// #region classe
class Serveur {
  private readonly serveur = new QTcpServer()
  private client: QTcpSocket | null = null
  private readonly politique: string
  private port = 0
  // #endregion

  constructor(politique: string) {
    this.politique = politique
    this.serveur.newConnection.connect(this, this.onQTcpServer_NewConnection)
  }

  // #region ecoute
  LancerServeur(port: number): boolean {
    // ÉCOUTER
    if (!this.serveur.listen(QHostAddress.Any, port)) {
      qDebug(phrase(this.serveur.serverError(), port))
      return false
    }
    this.port = this.serveur.serverPort()
    qDebug('Serveur lancé sur le port :', this.port)
    return true
  }
  // #endregion

  // #region acceptation
  onQTcpServer_NewConnection(): void {
    // ACCEPTER
    while (this.serveur.hasPendingConnections()) {
      if (this.client && this.politique === 'pause') return // il attend dans la file
      const nouveau = this.serveur.nextPendingConnection()
      if (!nouveau) return
      if (this.client) this.Refuser(nouveau)
      else this.Accepter(nouveau)
    }
  }

  Accepter(nouveau: QTcpSocket): void {
    this.client = nouveau
    this.client.readyRead.connect(this, this.onQTcpSocket_ReadyRead)
    this.client.disconnected.connect(this, this.onQTcpSocket_Disconnected)
    qDebug('Client accepté, port :', this.client.peerPort())
    this.client.write('BIENVENUE')
    if (this.politique === 'pause') this.serveur.pauseAccepting()
    if (this.politique === 'ecoute-fermee') this.serveur.close()
    // Ce qui s'est passé pendant son attente dans la file n'a été annoncé à personne.
    if (this.client.bytesAvailable() > 0) this.onQTcpSocket_ReadyRead()
    if (this.client?.state() === QAbstractSocket.SocketState.UnconnectedState)
      this.onQTcpSocket_Disconnected()
  }
  // #endregion

  // #region refus
  Refuser(nouveau: QTcpSocket): void {
    // FERMER
    qDebug('Client refusé, port :', nouveau.peerPort())
    nouveau.disconnected.connect(nouveau, nouveau.deleteLater)
    if (this.politique === 'message') nouveau.write('OCCUPÉ')
    nouveau.disconnectFromHost() // sans attendre : la boucle d'événements sert toujours le premier
  }
  // #endregion

  // #region lecture
  onQTcpSocket_ReadyRead(): void {
    // ÉCHANGER
    if (!this.client) return
    const data = this.client.readAll()
    qDebug('Reçu :', qs(fromUtf8(data)))
    this.client.write('Message reçu sur le serveur : ' + fromUtf8(data))
  }
  // #endregion

  // #region deconnexion
  onQTcpSocket_Disconnected(): void {
    // FERMER
    qDebug('Client déconnecté')
    this.client?.deleteLater()
    this.client = null // la place est libre
    if (this.politique === 'pause') {
      this.serveur.resumeAccepting()
      this.onQTcpServer_NewConnection()
    }
    if (this.politique === 'ecoute-fermee' && !this.LancerServeur(this.port)) terminer(1)
  }
  // #endregion
}

// #region principal
const options = lireOptions({ port: 1234, politique: ['message', 'pause', 'ecoute-fermee', 'muet'] })
const serveur = new Serveur(options.politique)
if (!serveur.LancerServeur(options.port)) terminer(1)
// #endregion
