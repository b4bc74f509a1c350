// Client TCP : se connecte, envoie un message dès la connexion, puis chaque ligne tapée (section 8.6.3).
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { terminer } from '#commun/sortie'
import {
  fromUtf8,
  QAbstractSocket,
  QTcpSocket,
  qDebug,
  qs,
  type SocketError,
  type SocketState,
  toUtf8,
} from '#qt-network'

// #region classe
class Client {
  private readonly socket = new QTcpSocket()
  private readonly message: string
  private code = 0
  // #endregion

  // #region liaisons
  constructor(message: string) {
    // CRÉER
    this.message = message
    this.socket.connected.connect(this, this.onQTcpSocket_Connected)
    this.socket.disconnected.connect(this, this.onQTcpSocket_Disconnected)
    this.socket.readyRead.connect(this, this.onQTcpSocket_ReadyRead)
    this.socket.stateChanged.connect(this, this.onQTcpSocket_StateChanged)
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
    } else {
      qDebug('Message non envoyé : aucune connexion établie')
    }
  }
  // #endregion

  // #region fermeture
  Deconnecter(): void {
    // FERMER
    if (this.socket.state() === QAbstractSocket.SocketState.UnconnectedState) terminer(this.code)
    this.socket.disconnectFromHost()
  }
  // #endregion

  // #region connecte
  onQTcpSocket_Connected(): void {
    qDebug('Connecté au serveur')
    this.EnvoyerMessage(this.message)
  }
  // #endregion

  // #region deconnexion
  onQTcpSocket_Disconnected(): void {
    qDebug('Déconnecté du serveur')
    terminer(this.code)
  }
  // #endregion

  // #region lecture
  onQTcpSocket_ReadyRead(): void {
    const data = this.socket.readAll()
    qDebug('Reçu :', qs(fromUtf8(data)))
  }
  // #endregion

  // #region etats
  onQTcpSocket_StateChanged(etat: SocketState): void {
    qDebug('État :', etat)
  }
  // #endregion

  // #region erreurs
  onQTcpSocket_ErrorOccurred(erreur: SocketError): void {
    let messageErreur: string
    switch (erreur) {
      case QAbstractSocket.SocketError.HostNotFoundError:
        messageErreur = 'Hôte non trouvé : vérifier le nom donné par --hote'
        break
      case QAbstractSocket.SocketError.ConnectionRefusedError:
        messageErreur = 'Connexion refusée : lancer le serveur, vérifier --port'
        break
      case QAbstractSocket.SocketError.RemoteHostClosedError:
        messageErreur = "L'hôte distant a fermé la connexion : relancer le serveur"
        break
      case QAbstractSocket.SocketError.SocketTimeoutError:
        messageErreur = "Délai expiré : aucune réponse, vérifier l'adresse"
        break
      default:
        messageErreur = 'Erreur inattendue : relancer le client'
    }
    qDebug(messageErreur)
    this.code = 1
    if (this.socket.state() === QAbstractSocket.SocketState.UnconnectedState) terminer(this.code)
  }
  // #endregion
}

// #region principal
const options = lireOptions({ hote: '127.0.0.1', port: 1234, message: 'Bonjour, serveur !' })
const client = new Client(options.message)
client.ConnecterAuServeur(options.hote, options.port)
lireLignes(
  (ligne) => client.EnvoyerMessage(ligne),
  () => client.Deconnecter(),
)
// #endregion
