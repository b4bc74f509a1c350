import type { Socket } from 'node:net'
import { emettre, type Signal } from './signal.ts'

/** Une écriture d'au moins autant d'octets forme son propre bloc ; les plus courtes se suivent dans un même bloc. */
const ECRITURE_SEULE = 4096
/** Ce qu'un bloc d'écritures courtes contient au plus, en octets. */
const BLOC = 32_768

/** Ce que le système reçoit en une fois, et qu'un `bytesWritten` annonce. */
interface Bloc {
  readonly morceaux: Uint8Array[]
  taille: number
  readonly court: boolean
}

/** Ce qu'un envoi demande au socket, et ce qu'il lui apprend. */
export interface Expediteur {
  /** Ce qui est arrivé se dit avant que la suite parte. */
  avantEnvoi(): void
  /** Le dernier bloc est parti. */
  apresEnvoi(): void
}

/**
 * Les octets qui attendent de partir par une connexion TCP : un bloc par tour de boucle, avec un `bytesWritten` ; ceux
 * d'avant la connexion attendent qu'elle soit établie.
 * https://doc.qt.io/qt-6/qiodevice.html#bytesWritten
 */
export class EnvoiTcp {
  readonly #bytesWritten: Signal<[number]>
  readonly #expediteur: Expediteur
  #natif: Socket | null = null
  #blocs: Bloc[] = []
  /** Octets acceptés, que Node n'a pas encore. */
  #enAttente = 0
  /** Octets confiés à Node, que le système n'a pas encore pris. */
  #enCours = 0
  #programme = false
  #bytesWrittenEnCours = false

  constructor(bytesWritten: Signal<[number]>, expediteur: Expediteur) {
    this.#bytesWritten = bytesWritten
    this.#expediteur = expediteur
  }

  /** Nombre d'octets acceptés et pas encore confiés à Node. */
  get enAttente(): number {
    return this.#enAttente
  }

  /** Nombre d'octets acceptés et pas encore pris par le système. */
  get restant(): number {
    return this.#enAttente + this.#enCours
  }

  /** Vrai si le système a refusé un envoi : la connexion est rompue. */
  get rompu(): boolean {
    return this.#natif !== null && this.#natif.errored !== null
  }

  /** Désigne la connexion établie par où partent les octets ; `null` quand elle est finie. */
  brancher(natif: Socket | null): void {
    this.#natif = natif
  }

  ajouter(octets: Uint8Array): void {
    const court = octets.length < ECRITURE_SEULE
    const dernier = this.#blocs.at(-1)
    if (court && dernier?.court === true && dernier.taille + octets.length <= BLOC) {
      dernier.morceaux.push(octets)
      dernier.taille += octets.length
    } else this.#blocs.push({ morceaux: [octets], taille: octets.length, court })
    this.#enAttente += octets.length
    if (this.#natif !== null) this.programmer()
  }

  /** Oublie ce qui n'est pas parti. */
  vider(): void {
    this.#blocs = []
    this.#enAttente = 0
    this.#enCours = 0
  }

  /** Envoie un bloc au prochain tour, s'il en attend un. */
  programmer(): void {
    if (this.#programme || this.#enAttente === 0) return
    this.#programme = true
    setImmediate(() => {
      this.#programme = false
      this.#expediteur.avantEnvoi()
      this.#envoyerUnBloc()
    })
  }

  /** Envoie tout de suite ce qui attend, autant que le système en prend. Vrai si des octets sont partis. */
  envoyer(): boolean {
    let parti = false
    while (this.#envoyerUnBloc()) parti = true
    return parti
  }

  /** @returns Vrai si le système a pris des octets. */
  #envoyerUnBloc(): boolean {
    const natif = this.#natif
    if (natif === null || this.#enCours > 0) return false
    const bloc = this.#blocs.shift()
    if (bloc === undefined) return false
    this.#enAttente -= bloc.taille
    this.#enCours = bloc.taille
    const octets = bloc.morceaux.length === 1 ? bloc.morceaux[0]! : Buffer.concat(bloc.morceaux)
    natif.write(octets, (erreur) => {
      if (!erreur && natif === this.#natif && this.#enCours > 0) this.#annoncer(natif, this.#enCours)
    })
    if (natif.errored !== null) return false
    // Ce que le noyau a pris pendant l'appel, Node l'annoncera plus tard ; Qt l'annonce tout de suite.
    const pris = this.#enCours - octetsRetenus(natif)
    if (pris > 0) this.#annoncer(natif, pris)
    return pris > 0
  }

  /** Dit que le système a pris `nombre` octets du bloc en cours. */
  #annoncer(natif: Socket, nombre: number): void {
    this.#enCours -= nombre
    // Un slot de bytesWritten peut appeler flush() : comme dans Qt, le signal n'est pas émis dans son propre slot.
    if (!this.#bytesWrittenEnCours) {
      this.#bytesWrittenEnCours = true
      try {
        emettre(this.#bytesWritten, nombre)
      } finally {
        this.#bytesWrittenEnCours = false
      }
    }
    // Un slot a pu finir la connexion : la suite ne concerne plus celle-ci.
    if (natif !== this.#natif || this.#enCours > 0) return
    if (this.#enAttente > 0) this.programmer()
    else this.#expediteur.apresEnvoi()
  }
}

/**
 * Octets que Node garde parce que le noyau n'a plus de place. `writableLength` ne connaît que des envois entiers ;
 * la file de libuv, non documentée, dit ce qu'il en reste. Sans elle, un envoi entamé compte comme pas parti.
 */
function octetsRetenus(natif: Socket): number {
  const { _handle: poignee } = natif as unknown as { _handle?: { writeQueueSize?: number } | null }
  return natif.writableLength === 0 ? 0 : (poignee?.writeQueueSize ?? natif.writableLength)
}
