/** The wire between a browser and the runner, to be cut or held: what a bad network does, to real sockets. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

export class Wire {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #held = false
  #target = 0

  private constructor() {
    this.#server = createServer((near) => this.#join(near))
  }

  static async open(): Promise<Wire> {
    const wire = new Wire()
    wire.#server.listen(0, '127.0.0.1')
    await once(wire.#server, 'listening')
    return wire
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** The port of the runner. */
  set target(port: number) {
    this.#target = port
  }

  /** Cuts every connection; another one may be made at once. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  /** Nothing passes until it is let go, but for connections. */
  hold(held: boolean): void {
    this.#held = held
    for (const socket of this.#sockets) {
      if (held) socket.pause()
      else socket.resume()
    }
  }

  close(): void {
    this.#server.close()
    this.cut()
  }

  #join(near: Socket): void {
    const far = connect(this.#target, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from)
      from.setNoDelay(true)
      from.on('data', (bytes) => to.write(bytes))
      from.on('end', () => to.end())
      from.on('error', () => {})
      from.on('close', () => {
        this.#sockets.delete(from)
        to.destroy()
      })
      if (this.#held) from.pause()
    }
  }
}
