// Serveur à pointeur unique, avec ses défauts : à lire pour trouver le danger (section 8.6.5).
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
  private client: QTcpSocket | null = null // un seul pointeur, pour tous
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
    this.client = this.serveur.nextPendingConnection() // défaut : le précédent est oublié, pas fermé
    if (!this.client) return
    qDebug('Nouveau client, port :', this.client.peerPort())
    this.client.readyRead.connect(this, this.onQTcpSocket_ReadyRead)
    this.client.disconnected.connect(this, this.onQTcpSocket_Disconnected)
    this.client.errorOccurred.connect(this, this.onQTcpSocket_ErrorOccurred)
  }
  // #endregion

  // #region deconnexion
  onQTcpSocket_Disconnected(): void {
    // FERMER
    qDebug('Client déconnecté')
    this.client?.deleteLater() // défaut : ce n'est peut-être pas lui qui part
    this.client = null
  }
  // #endregion

  // #region lecture
  onQTcpSocket_ReadyRead(): void {
    // ÉCHANGER
    if (!this.client) return
    const texte = fromUtf8(this.client.readAll()) // défaut : ce n'est peut-être pas lui qui parle
    qDebug('Reçu :', qs(texte))
    this.client.write(toUtf8('Message reçu sur le serveur : ' + texte))
  }
  // #endregion

  // #region erreurs
  onQTcpSocket_ErrorOccurred(erreur: SocketError): void {
    if (!this.client) return
    const depart = erreur === QAbstractSocket.SocketError.RemoteHostClosedError
    qDebug('Erreur client :', depart ? 'Le client a fermé la connexion' : phrase(erreur))
    this.client.disconnect() // défaut : coupe les signaux, ne ferme rien
  }
  // #endregion
}

// #region principal
const options = lireOptions({ port: 1234 })
const serveur = new Serveur()
if (!serveur.LancerServeur(options.port)) terminer(1)
// #endregion
