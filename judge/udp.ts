/** The judge's UDP peers, and a relay that loses datagrams. */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Bytes, Datagram, Relay, UdpOptions, UdpPeer } from '../labs/check.ts'
import type { PeerEvent } from './exchange.ts'
import { ANSWER, type Scene } from './scene.ts'
import { Gap } from './verdicts.ts'
import { buffer, milliseconds, sized } from './words.ts'

const LOOPBACK = '127.0.0.1'
/** Room for a burst that the judge reads late, in bytes. */
const ROOM = 4 << 20

export class Postman implements UdpPeer {
  readonly name: string
  readonly port: number
  readonly received: Datagram[] = []
  readonly events: PeerEvent[] = []
  readonly over = 'udp'
  readonly listens = false
  remotePort: number
  readonly #scene: Scene
  readonly #socket: Socket
  readonly #isAssociated: boolean
  #cursor = 0

  /** Associated with the port `to`, if given. */
  private constructor(scene: Scene, socket: Socket, name: string, to: number | undefined) {
    this.#scene = scene
    this.#socket = socket
    this.name = name
    this.port = socket.address().port
    this.#isAssociated = to !== undefined
    this.remotePort = to ?? 0
    socket.on('message', (data, from) => {
      const at = performance.now()
      this.received.push({ at, data, address: from.address, port: from.port })
      this.remotePort ||= from.port
      this.events.push({ at, kind: 'got', data })
      scene.changed()
    })
    // « Port unreachable » of an earlier datagram: nobody was there, which criteria see otherwise.
    socket.on('error', () => scene.changed())
  }

  static async open(scene: Scene, name: string, to: number | undefined, how: UdpOptions): Promise<Postman> {
    const socket = createSocket({ type: 'udp4', reuseAddr: how.reuse === true, recvBufferSize: ROOM })
    try {
      await prepare(socket, to, how)
    } catch (error) {
      socket.close()
      throw error
    }
    return new Postman(scene, socket, name, to)
  }

  get localPort(): number {
    return this.port
  }

  async send(data: Bytes, to: { port?: number; address?: string } = {}): Promise<void> {
    this.#scene.concern(this)
    const bytes = buffer(data)
    this.remotePort ||= to.port ?? 0
    this.events.push({ at: performance.now(), kind: 'sent', data: bytes })
    const { promise, resolve } = Promise.withResolvers<void>()
    if (this.#isAssociated) this.#socket.send(bytes, () => resolve())
    else this.#socket.send(bytes, to.port ?? 0, to.address ?? LOOPBACK, () => resolve())
    await promise
  }

  async next(ms = ANSWER): Promise<Datagram> {
    this.#scene.concern(this)
    const from = performance.now()
    await this.#scene.until(
      () => this.received.length > this.#cursor || this.#scene.death() !== undefined,
      ms,
    )
    const datagram = this.received[this.#cursor]
    if (datagram) {
      this.#cursor += 1
      return datagram
    }
    const only = this.#isAssociated ? " (il n'accepte que ceux du port du programme)" : ''
    const lasted = milliseconds(performance.now() - from)
    throw new Gap(`${this.name} n'a reçu aucun datagramme en ${lasted}${only}`, 'un datagramme')
  }

  async gets(data: Bytes, ms = ANSWER): Promise<Datagram> {
    const want = buffer(data)
    const got = await this.next(ms).catch((error) => {
      throw error instanceof Gap ? new Gap(error.observed, sized(want)) : error
    })
    if (buffer(got.data).equals(want)) return got
    throw new Gap(`${this.name} a reçu ${sized(got.data)}`, sized(want))
  }

  nothing(because: string): void {
    this.#scene.concern(this)
    const datagram = this.received[this.#cursor]
    if (datagram) throw new Gap(`${this.name} a reçu ${sized(datagram.data)}`, `rien : ${because}`)
  }

  close(): void {
    this.#socket.close()
  }
}

async function prepare(socket: Socket, to: number | undefined, how: UdpOptions): Promise<void> {
  socket.bind(how.port ?? 0, how.bind ?? LOOPBACK)
  await once(socket, 'listening')
  if (how.broadcast) socket.setBroadcast(true)
  if (how.multicast) {
    socket.setMulticastInterface(LOOPBACK)
    socket.setMulticastTTL(0)
    socket.setMulticastLoopback(true)
  }
  if (to === undefined) return
  socket.connect(to, LOOPBACK)
  await once(socket, 'connect')
}

/** Relays to a port of 127.0.0.1, each client by a socket of its own. `chance` gives a number from 0 to 99. */
export async function openRelay(
  target: number,
  trouble: { loss: number; double: number },
  chance: () => number,
): Promise<Relay & { close(): void }> {
  const seen: Relay['seen'][number][] = []
  const front = createSocket('udp4')
  const backs = new Map<string, Socket>()
  const pass = (up: boolean, data: Buffer, send: () => void) => {
    const isLost = chance() < trouble.loss
    const isDoubled = chance() < trouble.double
    seen.push({ up, data, fate: isLost ? 'lost' : isDoubled ? 'doubled' : 'passed' })
    if (isLost) return
    send()
    if (isDoubled) send()
  }
  front.on('message', (data, { address, port }) => {
    const key = `${address}:${port}`
    const back = backs.get(key) ?? createSocket('udp4')
    if (!backs.has(key)) {
      backs.set(key, back)
      back.on('message', (answer) =>
        pass(false, answer, () => front.send(answer, port, address, () => undefined)),
      )
      back.on('error', () => undefined)
    }
    pass(true, data, () => back.send(data, target, LOOPBACK, () => undefined))
  })
  front.bind(0, LOOPBACK)
  await once(front, 'listening')
  const close = () => {
    front.close()
    for (const back of backs.values()) back.close()
  }
  return { port: (front.address() as AddressInfo).port, seen, close }
}
