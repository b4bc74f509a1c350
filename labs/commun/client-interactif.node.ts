/** Le même client interactif avec node:net. */
import { connect, type Socket } from 'node:net'
import { phrase } from './phrases.ts'
import { terminer } from './sortie.ts'
import { entreGuillemets } from './texte.ts'

export class ClientInteractif {
  private socket: Socket | null = null
  private readonly premierMessage: string
  private etabli = false
  private fermeParNous = false
  private code = 0

  /** @param premierMessage Envoyé dès la connexion ; rien s'il est vide. */
  constructor(premierMessage = '') {
    this.premierMessage = premierMessage
  }

  ConnecterAuServeur(hote: string, port: number): void {
    // SE CONNECTER
    console.log('Attente de connexion avec :', entreGuillemets(hote), 'sur le port :', port)
    this.socket = connect(port, hote)
    this.socket.on('connect', () => this.connecte())
    this.socket.on('data', (data: Buffer) => this.lire(data))
    this.socket.on('end', () => this.fin())
    this.socket.on('error', (raison: NodeJS.ErrnoException) => this.erreur(raison.code))
    this.socket.on('close', () => this.deconnecte())
  }

  EnvoyerMessage(message: string): void {
    // ÉCHANGER
    if (this.socket?.readyState === 'open') {
      this.socket.write(message)
      console.log('Message envoyé :', entreGuillemets(message))
    } else console.log('Message non envoyé : aucune connexion établie')
  }

  Deconnecter(): void {
    // FERMER
    this.fermeParNous = true
    this.socket?.end()
  }

  private connecte(): void {
    this.etabli = true
    console.log('Connecté au serveur')
    if (this.premierMessage !== '') this.EnvoyerMessage(this.premierMessage)
  }

  private lire(data: Buffer): void {
    console.log('Reçu :', entreGuillemets(data.toString('utf8')))
  }

  /** L'autre bout a fermé son sens d'émission ; Node ferme alors le nôtre. */
  private fin(): void {
    if (!this.fermeParNous) this.erreur('ECONNRESET')
  }

  private erreur(nom: string | undefined): void {
    if (this.code === 0) console.log(phrase(nom))
    this.code = 1
  }

  private deconnecte(): void {
    if (this.etabli) console.log('Déconnecté du serveur')
    terminer(this.code)
  }
}
