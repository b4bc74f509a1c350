/** The judge's TCP servers: who comes, in which order. */
import type { Server } from 'node:net'
import type { TcpListener, TcpPeer } from '../labs/check.ts'
import type { Scene } from './scene.ts'
import { Peer } from './tcp.ts'
import { Gap } from './verdicts.ts'
import { milliseconds } from './words.ts'

/** How long a program may take to connect, in ms. */
const ARRIVAL = 3000
/** Its end may be known before its connection: how long the connection is awaited still, in ms. */
const REST = 30

/** A server of the judge's own. */
export class Listener implements TcpListener {
  readonly port: number
  readonly accepted: Peer[] = []
  #taken = 0
  readonly #scene: Scene
  readonly #server: Server
  readonly #name: string

  /** `server` listens already, on `port`. */
  constructor(scene: Scene, server: Server, name: string, port: number) {
    this.#scene = scene
    this.#server = server
    this.#name = name
    this.port = port
    server.on('connection', (socket) => {
      const rank = this.accepted.length
      const label = rank === 0 ? name : `${name} (connexion n° ${rank + 1})`
      this.accepted.push(new Peer(scene, socket, label, true))
      scene.changed()
    })
  }

  async next(ms = ARRIVAL): Promise<TcpPeer> {
    const from = performance.now()
    const isHere = () => this.accepted.length > this.#taken
    await this.#scene.until(() => isHere() || this.#scene.ended() !== undefined, ms)
    if (!isHere()) await this.#scene.absence(REST)
    const peer = this.accepted[this.#taken]
    if (peer) {
      this.#taken += 1
      this.#scene.concern(peer)
      return peer
    }
    const why = this.#scene.ended() ?? `en ${milliseconds(performance.now() - from)}`
    throw new Gap(
      `${this.#name} n'a reçu aucune connexion ${why.startsWith('en ') ? why : `: ${why}`}`,
      'une connexion',
    )
  }

  close(): void {
    this.#server.close()
    for (const peer of this.accepted) peer.destroy()
  }
}
