/** What the tests of this folder share: waiting for a signal, writing down those that come, a server and its client. */
import {
  QHostAddress,
  QTcpServer,
  QTcpSocket,
  type QUdpSocket,
  qInstallMessageHandler,
  type Signal,
} from './index.ts'

/** Resolves at the next emission, with its values. */
export function next<A extends unknown[]>(signal: Signal<A>): Promise<A> {
  return new Promise((resolve) => {
    const connection = signal.connect((...values) => {
      signal.disconnect(connection)
      resolve(values)
    })
  })
}

/** The events already there are delivered, and what they schedule for the next turn is done. */
export async function turns(count = 3): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve))
}

/** The signals of a socket as they come: `stateChanged ConnectedState`, `readyRead`… */
export function record(socket: QTcpSocket | QUdpSocket): string[] {
  const seen: string[] = []
  const names = [
    'stateChanged',
    'errorOccurred',
    'hostFound',
    'connected',
    'disconnected',
    'aboutToClose',
    'readChannelFinished',
    'bytesWritten',
    'readyRead',
    'destroyed',
  ] as const
  for (const name of names) {
    const signal = socket[name] as Signal<unknown[]>
    signal.connect((...values) => void seen.push([name, ...values].join(' ')))
  }
  return seen
}

/** What the twin says in place of Qt's warnings, while `action` runs. */
export function warnings(action: () => void): string[] {
  const said: string[] = []
  qInstallMessageHandler((text) => said.push(text))
  try {
    action()
  } finally {
    qInstallMessageHandler((text) => process.stderr.write(`${text}\n`))
  }
  return said
}

export interface Pair extends Disposable {
  server: QTcpServer
  client: QTcpSocket
  /** The server's end of the connection. */
  peer: QTcpSocket
}

/** A server, its client connected over the loopback, and the server's end. */
export async function connectedPair(): Promise<Pair> {
  const server = new QTcpServer()
  server.listen(QHostAddress.LocalHost, 0)
  const client = new QTcpSocket()
  const accepted = next(server.newConnection)
  const connected = next(client.connected)
  client.connectToHost('127.0.0.1', server.serverPort())
  await accepted
  await connected
  const peer = server.nextPendingConnection()!
  return {
    server,
    client,
    peer,
    [Symbol.dispose]() {
      client.abort()
      peer.abort()
      server.close()
    },
  }
}

/** A port of the loopback on which nobody listens. */
export function freePort(): number {
  const server = new QTcpServer()
  server.listen(QHostAddress.LocalHost, 0)
  const port = server.serverPort()
  server.close()
  return port
}
