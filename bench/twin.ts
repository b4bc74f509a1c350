/**
 * `npm run bench:twin`: how much the Qt twin costs next to raw Node, on loopback, in the same process.
 * The rounds are interleaved and the ratio is the median of the rounds' ratios, so that a busy machine slows both.
 */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { QHostAddress, QTcpServer, QTcpSocket, QUdpSocket } from '../labs/qt-network/index.ts'
import { atLeast, median, type Row, table } from './report.ts'

const ROUNDS = 41
const TARGET = 0.9

const BLOCK = Buffer.alloc(64 * 1024, 'x')
const TCP_BYTES = 64 * 1024 * 1024
/** Bytes that a sender allows itself to give before they have left. */
const TCP_AHEAD = 1024 * 1024

const DATAGRAM = Buffer.alloc(1400, 'x')
const UDP_COUNT = 6400
/** Datagrams sent before waiting for their arrival: few enough for the receiver's buffer. */
const UDP_WINDOW = 64

/** One whole transfer. */
type Transfer = () => Promise<void>

async function tcpNode(): Promise<void> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  let sent = 0
  const send = () => {
    while (sent < TCP_BYTES && client.writableLength < TCP_AHEAD) {
      client.write(BLOCK, send)
      sent += BLOCK.length
    }
  }
  client.on('connect', send)
  const [peer] = await once(server, 'connection')
  await new Promise<void>((resolve) => {
    let received = 0
    peer.on('data', (data: Buffer) => {
      received += data.length
      if (received === TCP_BYTES) resolve()
    })
  })
  client.destroy()
  peer.destroy()
  server.close()
}

async function tcpTwin(): Promise<void> {
  const server = new QTcpServer()
  server.listen(QHostAddress.LocalHost, 0)
  const client = new QTcpSocket()
  let sent = 0
  const send = () => {
    while (sent < TCP_BYTES && client.bytesToWrite() < TCP_AHEAD) sent += client.write(BLOCK)
  }
  client.connected.connect(send)
  client.bytesWritten.connect(send)
  client.connectToHost(QHostAddress.LocalHost, server.serverPort())
  await new Promise<void>((resolve) => {
    let received = 0
    server.newConnection.connect(() => {
      const peer = server.nextPendingConnection()!
      peer.readyRead.connect(() => {
        received += peer.readAll().length
        if (received === TCP_BYTES) resolve()
      })
    })
  })
  client.abort()
  server.deleteLater()
}

async function udpNode(): Promise<void> {
  const receiver = createSocket('udp4').bind(0, '127.0.0.1')
  await once(receiver, 'listening')
  const { port } = receiver.address()
  const sender = createSocket('udp4').bind(0, '127.0.0.1')
  await once(sender, 'listening')
  const window = () => {
    for (let i = 0; i < UDP_WINDOW; i++) sender.send(DATAGRAM, port, '127.0.0.1')
  }
  await new Promise<void>((resolve) => {
    let received = 0
    receiver.on('message', () => {
      received += 1
      if (received === UDP_COUNT) resolve()
      else if (received % UDP_WINDOW === 0) window()
    })
    window()
  })
  sender.close()
  receiver.close()
}

async function udpTwin(): Promise<void> {
  const receiver = new QUdpSocket()
  receiver.bind(QHostAddress.LocalHost, 0)
  const port = receiver.localPort()
  const sender = new QUdpSocket()
  sender.bind(QHostAddress.LocalHost, 0)
  const window = () => {
    for (let i = 0; i < UDP_WINDOW; i++) sender.writeDatagram(DATAGRAM, QHostAddress.LocalHost, port)
  }
  await new Promise<void>((resolve) => {
    let received = 0
    receiver.readyRead.connect(() => {
      while (receiver.hasPendingDatagrams()) {
        receiver.readDatagram()
        received += 1
        if (received === UDP_COUNT) resolve()
        else if (received % UDP_WINDOW === 0) window()
      }
    })
    window()
  })
  sender.close()
  receiver.close()
}

async function timed(transfer: Transfer): Promise<number> {
  const start = performance.now()
  await transfer()
  return performance.now() - start
}

/** Both throughputs and their ratio (twin / Node). */
async function versus(
  what: string,
  unit: string,
  amount: number,
  node: Transfer,
  twin: Transfer,
): Promise<Row> {
  const ratios: number[] = []
  const nodeRates: number[] = []
  const twinRates: number[] = []
  // The first rounds warm the code up and do not count.
  for (let round = -3; round < ROUNDS; round++) {
    const nodeFirst = round % 2 === 0
    const first = await timed(nodeFirst ? node : twin)
    const second = await timed(nodeFirst ? twin : node)
    const [nodeMs, twinMs] = nodeFirst ? [first, second] : [second, first]
    if (round < 0) continue
    ratios.push(nodeMs / twinMs)
    nodeRates.push((amount / nodeMs) * 1000)
    twinRates.push((amount / twinMs) * 1000)
  }
  const rate = (values: readonly number[]) => median(values).toFixed(0)
  return {
    what: `${what} (${unit})`,
    ours: rate(twinRates),
    peers: { 'Node nu': rate(nodeRates) },
    verdict: atLeast(median(ratios), 1, 'Node nu', TARGET),
  }
}

export async function measureTwin(): Promise<Row[]> {
  return [
    await versus('jumeau, TCP, écritures de 64 Kio', 'Mio/s', TCP_BYTES / 2 ** 20, tcpNode, tcpTwin),
    await versus('jumeau, UDP, datagrammes de 1 400 octets', 'par seconde', UDP_COUNT, udpNode, udpTwin),
  ]
}

if (import.meta.main) {
  const rows = await measureTwin()
  console.log(table(rows))
  if (rows.some(({ verdict }) => !verdict?.held)) process.exitCode = 1
}
