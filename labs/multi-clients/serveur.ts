// Serveur de plusieurs clients : une liste de sockets, et la réponse à celui qui a parlé (section 8.6.6).
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
import { compterAilleurs, compterPremiers } from './calcul.ts'

// #region classe
class Serveur {
  private readonly serveur = new QTcpServer()
  private readonly clients: QTcpSocket[] = []
  private readonly max: number
  private readonly calculAilleurs: boolean
  // #endregion

  constructor(max: number, calculAilleurs: boolean) {
    this.max = max
    this.calculAilleurs = calculAilleurs
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
    while (this.serveur.hasPendingConnections()) {
      const client = this.serveur.nextPendingConnection()
      if (!client) return
      if (this.clients.length >= this.max) {
        this.Refuser(client)
        continue
      }
      this.clients.push(client)
      client.readyRead.connect(this, this.onQTcpSocket_ReadyRead)
      client.disconnected.connect(this, this.onQTcpSocket_Disconnected)
      client.errorOccurred.connect(this, this.onQTcpSocket_ErrorOccurred)
      qDebug('Nouveau client, port :', client.peerPort(), 'Clients :', this.clients.length)
    }
  }
  // #endregion

  // #region maximum
  Refuser(client: QTcpSocket): void {
    // FERMER
    qDebug('Complet, client refusé, port :', client.peerPort())
    client.disconnected.connect(client, client.deleteLater)
    client.write('COMPLET')
    client.disconnectFromHost()
  }
  // #endregion

  // #region lecture
  onQTcpSocket_ReadyRead(): void {
    // ÉCHANGER
    const client = sender() // le socket qui a émis readyRead, donc le client qui a parlé
    if (!(client instanceof QTcpSocket)) return
    const texte = fromUtf8(client.readAll())
    qDebug('Reçu du client, port :', client.peerPort(), qs(texte))
    const borne = /^calcule (\d{1,7})$/.exec(texte.trim())?.[1]
    if (borne) this.Calculer(client, Number(borne))
    else client.write(toUtf8('Message reçu : ' + texte))
  }
  // #endregion

  // #region calcul
  Calculer(client: QTcpSocket, borne: number): void {
    const repondre = (premiers: number) => {
      qDebug('Calcul terminé :', premiers)
      if (this.clients.includes(client)) client.write(toUtf8('Nombres premiers : ' + premiers)) // est-il encore là ?
    }
    if (this.calculAilleurs) compterAilleurs(borne).then(repondre)
    else repondre(compterPremiers(borne)) // pendant ce temps, plus personne n'est servi
  }
  // #endregion

  // #region deconnexion
  onQTcpSocket_Disconnected(): void {
    // FERMER
    const client = sender()
    if (!(client instanceof QTcpSocket)) return
    this.clients.splice(this.clients.indexOf(client), 1)
    qDebug('Client déconnecté, port :', client.peerPort(), 'Clients :', this.clients.length)
    client.deleteLater()
  }
  // #endregion

  // #region erreurs
  onQTcpSocket_ErrorOccurred(erreur: SocketError): void {
    const client = sender()
    if (!(client instanceof QTcpSocket)) return
    if (erreur === QAbstractSocket.SocketError.RemoteHostClosedError) return // un départ, disconnected va suivre
    qDebug(`Erreur, client ${client.peerPort()} :`, phrase(erreur))
  }
  // #endregion
}

// #region principal
const options = lireOptions({ port: 1234, max: 10, calcul: false })
const serveur = new Serveur(options.max, options.calcul)
if (!serveur.LancerServeur(options.port)) terminer(1)
// #endregion
