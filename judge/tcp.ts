/** The judge's TCP peers: strict about each byte, and able to behave badly. */
import type { Socket } from 'node:net'
import type { Bytes, TcpPeer } from '../labs/check.ts'
import type { PeerEvent } from './exchange.ts'
import { ANSWER, type Scene } from './scene.ts'
import { Gap } from './verdicts.ts'
import { buffer, count, difference, milliseconds, shape, show, sized } from './words.ts'

/** Beyond this many bytes, how contents differ is said instead of both being shown. */
const SHOWN = 64
/** Lets the rest of a wrong answer come, to show it, in ms. */
const REST = 30
/** Exchanges remembered. */
const EVENTS = 200

export class Peer implements TcpPeer {
  readonly name: string
  readonly events: PeerEvent[] = []
  readonly over = 'tcp'
  readonly listens: boolean
  connected: boolean
  since = performance.now()
  ended = false
  wasReset = false
  /** Kept: a socket that was cut forgets them. */
  localPort = 0
  remotePort = 0
  /** Code of the error that ended it; empty when none. */
  error = ''
  readonly #scene: Scene
  readonly #socket: Socket
  #chunks: Buffer[] = []
  /** Bytes that came and were not expected yet. */
  #length = 0
  /** Something was expected and came already. */
  #hasBegun = false
  #lastActivity = performance.now()

  constructor(scene: Scene, socket: Socket, name: string, connected: boolean) {
    this.#scene = scene
    this.#socket = socket
    this.name = name
    this.connected = connected
    // One that comes already connected was accepted.
    this.listens = connected
    socket.setNoDelay(true)
    if (connected) this.#begin()
    socket.on('connect', () => this.#begin())
    socket.on('data', (data: Buffer) => {
      this.#chunks.push(data)
      this.#length += data.length
      this.#note({ kind: 'got', data })
    })
    socket.on('end', () => {
      this.ended = true
      this.#note({ kind: 'end' })
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.error = error.code ?? error.message
      this.wasReset = this.connected
      if (this.connected) this.#note({ kind: 'cut' })
      this.#scene.changed()
    })
  }

  #begin(): void {
    this.connected = true
    this.since = performance.now()
    this.localPort = this.#socket.localPort ?? 0
    this.remotePort = this.#socket.remotePort ?? 0
    this.#note({ kind: 'connect' })
  }

  #note(
    event: { kind: 'sent' | 'got'; data: Bytes } | { kind: Exclude<PeerEvent['kind'], 'sent' | 'got'> },
  ): void {
    this.events.push({ at: performance.now(), ...event } as PeerEvent)
    if (this.events.length > EVENTS) this.events.splice(0, EVENTS / 2)
    this.#scene.changed()
  }

  #act(): void {
    this.#scene.concern(this)
    this.#lastActivity = performance.now()
  }

  get unread(): Buffer {
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks)]
    return this.#chunks[0] ?? Buffer.alloc(0)
  }

  /** Expected bytes have come: they are kept no longer. */
  #take(length: number): void {
    this.#chunks = [this.unread.subarray(length)]
    this.#length -= length
    this.#hasBegun = true
  }

  get #isOver(): boolean {
    return this.ended || this.wasReset || this.#scene.death() !== undefined
  }

  send(data: Bytes): void {
    this.#act()
    this.#note({ kind: 'sent', data })
    if (!this.#socket.destroyed) this.#socket.write(buffer(data))
  }

  async trickle(data: Bytes, size = 1): Promise<void> {
    const bytes = buffer(data)
    for (let at = 0; at < bytes.length; at += size) {
      this.send(bytes.subarray(at, at + size))
      await this.#scene.turn()
    }
  }

  fin(): void {
    this.#act()
    this.#note({ kind: 'fin' })
    this.#socket.end()
  }

  reset(): void {
    this.#act()
    this.#note({ kind: 'reset' })
    this.#socket.resetAndDestroy()
  }

  destroy(): void {
    this.#socket.destroy()
  }

  stopReading(): void {
    this.#socket.pause()
  }

  async gets(data: Bytes, ms = ANSWER): Promise<void> {
    this.#scene.concern(this)
    const want = buffer(data)
    let compared = 0
    let differs = false
    const compare = () => {
      const from = compared
      compared = Math.min(this.#length, want.length)
      // Only what is new: a long content is not compared again and again.
      if (compared > from) differs ||= this.unread.compare(want, from, compared, from, compared) !== 0
      return compared === want.length || differs || this.#isOver
    }
    await this.#scene.until(compare, ms)
    compare()
    if (!differs && compared === want.length) {
      this.#take(want.length)
      this.#lastActivity = performance.now()
      return
    }
    if (differs && !this.ended) await this.#scene.absence(REST)
    if (want.length <= SHOWN) throw new Gap(`${this.name} ${this.#state()}`, sized(want))
    throw new Gap(`${this.name} ${difference(this.unread, want)}`, count(want.length, 'octet'))
  }

  async line(pattern: RegExp, ms = ANSWER): Promise<RegExpExecArray> {
    this.#scene.concern(this)
    await this.#scene.until(() => this.unread.includes(10) || this.#isOver, ms)
    const end = this.unread.indexOf(10)
    const expected = `une ligne de la forme ${shape(pattern)}`
    if (end === -1) throw new Gap(`${this.name} ${this.#state()}`, expected)
    const text = this.unread.subarray(0, end).toString()
    const match = pattern.exec(text)
    if (!match) throw new Gap(`${this.name} a reçu ${show(`${text}\n`)}`, expected)
    this.#take(end + 1)
    return match
  }

  #state(): string {
    const nothing = this.#hasBegun ? "n'a plus rien reçu" : "n'a rien reçu"
    const what = this.unread.length > 0 ? `a reçu ${sized(this.unread)}` : nothing
    if (this.ended) return `${what}, puis une fermeture`
    if (this.wasReset) return `${what}, puis une coupure brutale (RST)`
    return `${what} en ${milliseconds(performance.now() - this.#lastActivity)}`
  }

  async getsEnd(ms = ANSWER, { reset = false } = {}): Promise<void> {
    this.#scene.concern(this)
    const from = performance.now()
    await this.#scene.until(() => this.ended || this.wasReset || this.unread.length > 0, ms)
    if (this.unread.length > 0) {
      await this.#scene.absence(REST)
      throw new Gap(`${this.name} ${this.#state()}`, 'la fin de la connexion, et rien avant elle')
    }
    if (this.ended || (this.wasReset && reset)) return
    if (this.wasReset)
      throw new Gap(`${this.name} a été coupé brutalement (RST)`, 'une fermeture propre (FIN)')
    const lasted = milliseconds(performance.now() - from)
    throw new Gap(`${this.name} est resté connecté ${lasted}`, 'la fin de la connexion')
  }

  nothing(because: string): void {
    this.#scene.concern(this)
    if (this.unread.length > 0)
      throw new Gap(`${this.name} a reçu ${sized(this.unread)}`, `rien : ${because}`)
    if (!this.ended && !this.wasReset) return
    const how = this.ended ? 'déconnecté' : 'coupé brutalement (RST)'
    throw new Gap(`${this.name} a été ${how}`, `une connexion qui reste ouverte : ${because}`)
  }
}
