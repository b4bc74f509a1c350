/** A raw TCP client for the tests that stand beside the labs. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A connected client that collects what it receives. */
export class Peer {
  readonly socket: Socket
  received = ''

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1')
    this.socket.setEncoding('utf8').on('data', (text) => {
      this.received += text
    })
    this.socket.on('error', () => {})
    this.socket.setMaxListeners(0)
  }

  /** Resolves once `text` was received; false when the connection is over without it. */
  async gets(text: string): Promise<boolean> {
    while (!this.received.includes(text)) {
      if (this.socket.closed) return false
      await Promise.race([
        once(this.socket, 'data').catch(() => {}),
        once(this.socket, 'close').catch(() => {}),
      ])
    }
    return true
  }

  async over(): Promise<void> {
    if (!this.socket.closed) await once(this.socket, 'close').catch(() => {})
  }
}

/** Asks and gets the answer, coming back as long as the server turns the client away. */
export async function serves(port: number, text: string): Promise<void> {
  for (;;) {
    const peer = new Peer(port)
    peer.socket.write(text)
    const served = await peer.gets(text)
    peer.socket.end()
    await peer.over()
    if (served) return
  }
}
