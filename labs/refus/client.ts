// Client qui dit tout ce qu'il voit : accepté, refusé, servi, déconnecté (section 8.6.7).
import { lireLignes } from '../commun/lignes.ts'
import { lireOptions } from '../commun/options.ts'
import { phrase } from '../commun/phrases.ts'
import { terminer } from '../commun/sortie.ts'
import { fromUtf8, QAbstractSocket, QTcpSocket, qDebug, qs, toUtf8 } from '../qt-network/index.ts'

// #region classe
class Client {
  private readonly socket = new QTcpSocket()
  private code = 0
  // #endregion

  // #region liaisons
  constructor() {
    this.socket.connected.connect(this, this.onQTcpSocket_Connected)
    this.socket.disconnected.connect(this, this.onQTcpSocket_Disconnected)
    this.socket.readyRead.connect(this, this.onQTcpSocket_ReadyRead)
    this.socket.errorOccurred.connect(this, this.onQTcpSocket_ErrorOccurred)
  }
  // #endregion

  // #region connexion
  ConnecterAuServeur(hote: string, port: number): void {
    // SE CONNECTER
    qDebug('Attente de connexion avec :', qs(hote), 'sur le port :', port)
    this.socket.connectToHost(hote, port)
  }
  // #endregion

  // #region envoi
  EnvoyerMessage(message: string): void {
    // ÉCHANGER
    if (this.socket.state() === QAbstractSocket.SocketState.ConnectedState) {
      this.socket.write(toUtf8(message))
      qDebug('Message envoyé :', qs(message))
    } else qDebug('Message non envoyé : aucune connexion établie')
  }
  // #endregion

  // #region deconnexion
  Deconnecter(): void {
    // FERMER
    if (this.socket.state() === QAbstractSocket.SocketState.UnconnectedState) terminer(this.code)
    this.socket.disconnectFromHost()
  }

  onQTcpSocket_Disconnected(): void {
    qDebug('Déconnecté du serveur')
    terminer(this.code)
  }
  // #endregion

  onQTcpSocket_Connected(): void {
    qDebug('Connecté au serveur')
  }

  // #region lecture
  onQTcpSocket_ReadyRead(): void {
    qDebug('Données reçues du serveur :', qs(fromUtf8(this.socket.readAll())))
  }
  // #endregion

  // #region erreurs
  onQTcpSocket_ErrorOccurred(erreur: number): void {
    qDebug(phrase(erreur), `(${this.socket.errorString()})`)
    this.code = 1
    if (this.socket.state() === QAbstractSocket.SocketState.UnconnectedState) terminer(this.code)
  }
  // #endregion
}

// #region principal
const options = lireOptions({ hote: '127.0.0.1', port: 1234 })
const client = new Client()
client.ConnecterAuServeur(options.hote, options.port)
lireLignes(
  (ligne) => client.EnvoyerMessage(ligne),
  () => client.Deconnecter(),
)
// #endregion
