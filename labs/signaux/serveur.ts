// Le correspondant de quatre coups de téléphone : coopératif, port fermé ou trou noir (section 8.6.2).
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'
import { terminer } from '#commun/sortie'
import { ouvrirTrouNoir } from '#commun/trou-noir'
import { fromUtf8, QHostAddress, QTcpServer, QTcpSocket, qDebug, qs, sender, toUtf8 } from '#qt-network'

// #region classe
class Serveur {
  private readonly serveur = new QTcpServer()
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
    return true
  }
  // #endregion

  // #region modes
  Appliquer(mode: 'cooperatif' | 'ferme'): void {
    const port = this.serveur.serverPort()
    if (mode === 'cooperatif') {
      qDebug('Serveur coopératif sur le port :', port)
      return
    }
    this.serveur.close()
    qDebug("Port fermé, plus personne n'écoute, port :", port)
    terminer(0)
  }
  // #endregion

  // #region acceptation
  onQTcpServer_NewConnection(): void {
    // ACCEPTER
    while (this.serveur.hasPendingConnections()) {
      const client = this.serveur.nextPendingConnection()
      if (!client) return
      client.readyRead.connect(this, this.onQTcpSocket_ReadyRead)
      client.disconnected.connect(client, client.deleteLater)
      client.write('BONJOUR')
    }
  }
  // #endregion

  // #region lecture
  onQTcpSocket_ReadyRead(): void {
    // ÉCHANGER
    const client = sender()
    if (!(client instanceof QTcpSocket)) return
    const texte = fromUtf8(client.readAll())
    qDebug('Reçu :', qs(texte))
    if (texte.trim() === 'fin') client.disconnectFromHost()
    else client.write(toUtf8('Message reçu : ' + texte))
  }
  // #endregion
}

// #region principal
const options = lireOptions({ port: 1234, mode: ['cooperatif', 'ferme', 'trou-noir'] })
const serveur = new Serveur()
if (options.mode === 'trou-noir') {
  ouvrirTrouNoir(
    options.port,
    (port) => qDebug('Trou noir, aucune réponse à attendre, port :', port),
    (erreur) => {
      qDebug(phrase('code' in erreur ? String(erreur.code) : '', options.port))
      terminer(1)
    },
  )
} else if (serveur.LancerServeur(options.port)) serveur.Appliquer(options.mode)
else terminer(1)
// #endregion
