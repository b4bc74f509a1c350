/** Le client des labos dont le sujet est le serveur : il envoie chaque ligne tapée et dit tout ce qu'il voit. */
import { fromUtf8, QAbstractSocket, QTcpSocket, qDebug, qs, type SocketError, toUtf8 } from '#qt-network'
import { phrase } from './phrases.ts'
import { terminer } from './sortie.ts'

/** `terminer` : 0 après une déconnexion voulue, 1 après une erreur ou une fermeture par le serveur. */
export class ClientInteractif {
  private readonly socket = new QTcpSocket()
  private readonly premierMessage: string
  private code = 0

  /** @param premierMessage Envoyé dès la connexion ; rien s'il est vide. */
  constructor(premierMessage = '') {
    this.premierMessage = premierMessage
    this.socket.connected.connect(this, this.onQTcpSocket_Connected)
    this.socket.disconnected.connect(this, this.onQTcpSocket_Disconnected)
    this.socket.readyRead.connect(this, this.onQTcpSocket_ReadyRead)
    this.socket.errorOccurred.connect(this, this.onQTcpSocket_ErrorOccurred)
  }

  ConnecterAuServeur(hote: string, port: number): void {
    // SE CONNECTER
    qDebug('Attente de connexion avec :', qs(hote), 'sur le port :', port)
    this.socket.connectToHost(hote, port)
  }

  EnvoyerMessage(message: string): void {
    // ÉCHANGER
    if (this.socket.state() === QAbstractSocket.SocketState.ConnectedState) {
      this.socket.write(toUtf8(message))
      qDebug('Message envoyé :', qs(message))
    } else qDebug('Message non envoyé : aucune connexion établie')
  }

  Deconnecter(): void {
    // FERMER
    if (this.socket.state() === QAbstractSocket.SocketState.UnconnectedState) terminer(this.code)
    this.socket.disconnectFromHost()
  }

  onQTcpSocket_Disconnected(): void {
    qDebug('Déconnecté du serveur')
    terminer(this.code)
  }

  onQTcpSocket_Connected(): void {
    qDebug('Connecté au serveur')
    if (this.premierMessage !== '') this.EnvoyerMessage(this.premierMessage)
  }

  onQTcpSocket_ReadyRead(): void {
    qDebug('Reçu :', qs(fromUtf8(this.socket.readAll())))
  }

  onQTcpSocket_ErrorOccurred(erreur: SocketError): void {
    qDebug(phrase(erreur))
    this.code = 1
    if (this.socket.state() === QAbstractSocket.SocketState.UnconnectedState) terminer(this.code)
  }
}
