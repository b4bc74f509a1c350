// Client qui écrit chaque signal et chaque état de son socket (section 8.6.2).
import { lireLignes } from '#commun/lignes'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import {
  fromUtf8,
  QAbstractSocket,
  QTcpSocket,
  QTimer,
  qDebug,
  qs,
  type SocketError,
  type SocketState,
  toUtf8,
} from '#qt-network'

// #region classe
class Client {
  private readonly socket = new QTcpSocket()
  private readonly minuteur = new QTimer()
  private code = 0
  // #endregion

  // #region liaisons
  constructor(delai: number) {
    // CRÉER
    this.minuteur.setSingleShot(true)
    this.minuteur.setInterval(delai)
    this.minuteur.timeout.connect(this, this.onQTimer_Timeout)
    this.socket.stateChanged.connect(this, this.onQTcpSocket_StateChanged)
    this.socket.hostFound.connect(() => qDebug('signal hostFound'))
    this.socket.connected.connect(() => qDebug('signal connected'))
    this.socket.bytesWritten.connect((octets) => qDebug('signal bytesWritten :', octets))
    this.socket.readyRead.connect(this, this.onQTcpSocket_ReadyRead)
    this.socket.errorOccurred.connect(this, this.onQTcpSocket_ErrorOccurred)
    this.socket.disconnected.connect(this, this.onQTcpSocket_Disconnected)
  }
  // #endregion

  // #region connexion
  ConnecterAuServeur(hote: string, port: number): void {
    // SE CONNECTER
    qDebug('appel connectToHost :', qs(hote), port)
    this.socket.connectToHost(hote, port)
    qDebug('retour de connectToHost, état :', this.socket.state())
  }
  // #endregion

  // #region envoi
  EnvoyerMessage(message: string): void {
    // ÉCHANGER
    qDebug('appel write :', this.socket.write(toUtf8(message)))
  }
  // #endregion

  // #region fermeture
  Deconnecter(): void {
    // FERMER
    qDebug('appel disconnectFromHost')
    this.socket.disconnectFromHost()
  }
  // #endregion

  // #region etats
  onQTcpSocket_StateChanged(etat: SocketState): void {
    qDebug('signal stateChanged :', etat)
    if (etat === QAbstractSocket.SocketState.ConnectingState) this.minuteur.start()
    else this.minuteur.stop()
  }
  // #endregion

  // #region lecture
  onQTcpSocket_ReadyRead(): void {
    qDebug('signal readyRead, données :', qs(fromUtf8(this.socket.readAll())))
  }
  // #endregion

  // #region deconnexion
  onQTcpSocket_Disconnected(): void {
    qDebug('signal disconnected')
    terminer(this.code)
  }
  // #endregion

  // #region erreurs
  onQTcpSocket_ErrorOccurred(erreur: SocketError): void {
    qDebug('signal errorOccurred :', erreur)
    qDebug(phrase(erreur))
    this.code = 1
    if (this.socket.state() === QAbstractSocket.SocketState.UnconnectedState) terminer(this.code)
  }
  // #endregion

  // #region minuteur
  onQTimer_Timeout(): void {
    // Sans ce minuteur, Qt attendrait une minute avant SocketTimeoutError.
    qDebug("Délai expiré : aucune réponse, vérifier l'adresse (minuteur du client)")
    this.socket.abort() // ni errorOccurred, ni disconnected : la connexion n'a jamais existé
    terminer(1)
  }
  // #endregion
}

// #region principal
const options = lireOptions({ hote: '127.0.0.1', port: 1234, delai: 2000 })
const client = new Client(options.delai)
client.ConnecterAuServeur(options.hote, options.port)
lireLignes(
  (ligne) => client.EnvoyerMessage(ligne),
  () => client.Deconnecter(),
)
// #endregion
