import { connect, isIP, type Socket } from 'node:net'
import { DELAI_CONNEXION, type Erreur, erreurDeConnexion, INCONNUE } from './erreurs.ts'

/** Ce qu'une suite d'essais demande au socket qui se connecte, et ce qu'elle lui apprend. */
export interface Demandeur {
  /** Attente avant d'abandonner une adresse qui ne répond pas, en ms. */
  delai(): number
  /** Un essai commence par ce socket. */
  tenter(natif: Socket): void
  reussir(natif: Socket): void
  /** Aucune adresse n'a répondu ; l'erreur est celle du dernier essai. */
  echouer(erreur: Erreur): void
}

/**
 * La recherche d'une adresse qui réponde : la liste entière, deux fois, une adresse après l'autre, comme Qt.
 * Un socket de Node ne sert qu'à une tentative : chaque essai a le sien.
 * https://doc.qt.io/qt-6/qabstractsocket.html#connectToHost
 */
export class EssaisDeConnexion {
  readonly #adresses: string[]
  readonly #port: number
  readonly #demandeur: Demandeur
  #natif: Socket | null = null
  #minuterie: NodeJS.Timeout | undefined

  constructor(adresses: readonly string[], port: number, demandeur: Demandeur) {
    this.#adresses = [...adresses, ...adresses]
    this.#port = port
    this.#demandeur = demandeur
  }

  /** Essaie l'adresse suivante, jusqu'à ce que l'une réponde. */
  essayer(derniereErreur: Erreur = INCONNUE): void {
    const adresse = this.#adresses.shift()
    if (adresse === undefined) {
      this.#demandeur.echouer(derniereErreur)
      return
    }
    const natif = connecterMaintenant(adresse, this.#port)
    this.#natif = natif
    this.#demandeur.tenter(natif)
    const passer = (erreur: Erreur): void => {
      if (natif !== this.#natif) return
      this.arreter()
      this.essayer(erreur)
    }
    natif.on('error', (erreur: NodeJS.ErrnoException) => passer(erreurDeConnexion(erreur.code)))
    if (natif.errored !== null) {
      passer(erreurDeConnexion((natif.errored as NodeJS.ErrnoException).code))
      return
    }
    natif.on('connect', () => {
      if (natif !== this.#natif) return
      clearTimeout(this.#minuterie)
      this.#natif = null
      this.#demandeur.reussir(natif)
    })
    this.#minuterie = setTimeout(() => passer(DELAI_CONNEXION), this.#demandeur.delai())
  }

  /** Renonce à l'essai en cours ; sans effet une fois la connexion établie. */
  arreter(): void {
    clearTimeout(this.#minuterie)
    this.#natif?.destroy()
    this.#natif = null
  }
}

/**
 * Commence une connexion avant de rendre la main, comme `connect(2)` : un échec immédiat (pas de route) se lit
 * dans `errored`, et un socket détruit aussitôt après a quand même appelé le serveur.
 *
 * Node remet à plus tard la connexion à une adresse écrite, mais pas celle dont sa propre fonction `lookup` répond
 * tout de suite : on lui donne donc l'adresse par là.
 * @param adresse Une adresse IP.
 */
function connecterMaintenant(adresse: string, port: number): Socket {
  return connect({
    port,
    autoSelectFamily: false,
    allowHalfOpen: true,
    lookup: (_nom, _options, suite) => suite(null, adresse, isIP(adresse)),
  })
}
