import { exigerDonnees } from './arguments.ts'
import { SocketState } from './enumeration.ts'
import { EnvoiTcp } from './envoi-tcp.ts'
import { DESCRIPTEUR_INVALIDE, FERME_PAR_LE_PAIR, NON_CONNECTE } from './erreurs.ts'
import { LectureTcp } from './lecture-tcp.ts'
import { annoncerEcriture } from './observation.ts'
import { qWarning } from './qdebug.ts'

const { UnconnectedState, ConnectingState, ClosingState } = SocketState

const ECRITURE_HORS_CONNEXION =
  'QNativeSocketEngine::write() was not called in QAbstractSocket::ConnectedState'

/**
 * Les deux flux d'octets d'un `QTcpSocket` : lire vient de `LectureTcp`, écrire est ici. Dans Qt, ces méthodes viennent
 * de `QIODevice`.
 * https://doc.qt.io/qt-6/qiodevice.html
 */
export abstract class FluxTcp extends LectureTcp {
  protected readonly envoi: EnvoiTcp = new EnvoiTcp(this.bytesWritten, {
    avantEnvoi: () => this.reception.annoncer(),
    apresEnvoi: () => this.apresEnvoi(),
  })

  /** Tout ce qui attendait est parti. */
  protected abstract apresEnvoi(): void

  /**
   * Confie des données au socket, qui les enverra au prochain tour de boucle : plusieurs petits `write()` du même tour
   * partent ensemble, avec un seul `bytesWritten`. Une chaîne part en UTF-8. Un tampon d'octets n'est pas
   * recopié : ne plus le modifier.
   * @returns Le nombre d'octets acceptés, ou -1 si le socket n'est pas connecté.
   */
  write(donnees: string | Uint8Array): number {
    const octets = exigerDonnees(donnees, 'QTcpSocket.write(donnees)')
    if (!this.verifierOuvert('write')) return -1
    if (this.state() === UnconnectedState) {
      this.poserErreur(NON_CONNECTE)
      return -1
    }
    if (octets.length > 0) {
      annoncerEcriture(this, octets.length)
      this.envoi.ajouter(octets)
    }
    return octets.length
  }

  /** Nombre d'octets acceptés par `write()` et pas encore confiés au système. */
  bytesToWrite(): number {
    return this.envoi.restant
  }

  /**
   * Envoie sans attendre le prochain tour. Vrai si des octets sont partis. Si le pair n'est plus là, c'est ici qu'on
   * l'apprend. Pendant une connexion, Qt coupe tout : attendre `connected`.
   */
  flush(): boolean {
    if (this.state() === ConnectingState && this.envoi.enAttente > 0) {
      qWarning(ECRITURE_HORS_CONNEXION)
      this.signalerErreur(DESCRIPTEUR_INVALIDE)
      this.abort()
      return false
    }
    const parti = this.envoi.envoyer()
    if (!this.envoi.rompu) return parti
    this.echouerEnvoi()
    return false
  }

  /** Le pair est parti, et c'est un envoi qui l'apprend : ce qui attendait est perdu. */
  protected echouerEnvoi(): void {
    this.signalerErreur(FERME_PAR_LE_PAIR)
    this.abort()
  }

  /** La connexion est rompue : en fermeture plus rien n'est lu, c'est donc l'envoi qui l'apprend. */
  protected subirRupture(): void {
    if (this.state() === ClosingState) this.echouerEnvoi()
    else this.reception.noterFin()
  }
}
