/** Un socket connecté, dont rien n'est lu avant d'être demandé : les octets attendent dans le système. */
import type { Socket } from 'node:net'
import { entreGuillemets } from '#commun/texte'
import { Refus } from './console.ts'

/** Ce qui attendait déjà est rendu bien avant ce délai, en ms. */
const PATIENCE = 100

export class Conversation {
  readonly #socket: Socket
  readonly #lectures: AsyncIterator<Buffer>

  /** `socket` : connecté, en pause, et capable de demi-fermeture (`allowHalfOpen`). */
  constructor(socket: Socket) {
    this.#socket = socket
    this.#lectures = socket.iterator({ destroyOnReturn: false })
    // Une rupture se lit au prochain appel ; sans cette écoute, elle arrêterait la console.
    socket.on('error', () => undefined)
  }

  // #region recv
  /** Attend des octets ; 0 signifie que le pair a fini d'émettre. */
  async recv(): Promise<string> {
    if (this.#socket.readableEnded) return fin
    const attente = setTimeout(() => console.log('recv() : attend ce que le pair enverra'), PATIENCE)
    const { value, done } = await this.#lectures.next().finally(() => clearTimeout(attente))
    return done ? fin : ` = ${value.length}, ${entreGuillemets(value.toString())}`
  }
  // #endregion

  // #region send
  send(texte: string): Promise<string> {
    const octets = Buffer.from(texte)
    return new Promise((resoudre, rejeter) => {
      if (this.#socket.writableEnded) throw new Refus('EPIPE')
      this.#socket.write(octets, (erreur) => (erreur ? rejeter(erreur) : resoudre(` = ${octets.length}`)))
    })
  }
  // #endregion

  // #region fermeture
  /** Finit d'émettre ; la lecture reste possible. */
  shutdown(): Promise<string> {
    return new Promise((resoudre) => {
      this.#socket.end(() => resoudre(" : réussi, plus aucun envoi d'ici"))
    })
  }

  close(): string {
    this.#socket.destroy()
    return ' : réussi'
  }
  // #endregion
}

const fin = " = 0, le pair a fini d'émettre"
