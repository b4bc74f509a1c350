/** One transfer between two objects of the twin, in one process: prints its rate. Run by `probe.ts`, with `tcp` or `udp`. */
import { QHostAddress, QTcpServer, QTcpSocket, QUdpSocket } from '../labs/qt-network/index.ts'

const BLOCK = Buffer.alloc(64 * 1024, 'x')
const TCP_BYTES = 1024 * 1024 * 1024
/** Those before, which do not count: a program that sends so many is compiled by then. */
const TCP_WARM_UP = TCP_BYTES / 8
/** Bytes that a sender allows itself to give before they have left. */
const TCP_AHEAD = 1024 * 1024

const DATAGRAM = Buffer.alloc(100, 'x')
const UDP_COUNT = 100_000
const UDP_WARM_UP = 20_000
/** Datagrams sent before waiting for their arrival: few enough for the receiver's buffer. */
const UDP_WINDOW = 64

/** MiB for each second of the processor. */
function tcp(): void {
  const server = new QTcpServer()
  server.listen(QHostAddress.LocalHost, 0)
  const client = new QTcpSocket()
  let start: NodeJS.CpuUsage | null = null
  let sent = 0
  const send = () => {
    while (sent < TCP_WARM_UP + TCP_BYTES && client.bytesToWrite() < TCP_AHEAD) sent += client.write(BLOCK)
  }
  client.connected.connect(send)
  client.bytesWritten.connect(send)
  server.newConnection.connect(() => {
    const peer = server.nextPendingConnection()!
    let received = 0
    peer.readyRead.connect(() => {
      received += peer.readAll().length
      if (received >= TCP_WARM_UP) start ??= process.cpuUsage()
      if (start && received === TCP_WARM_UP + TCP_BYTES) finish(TCP_BYTES / 2 ** 20 / secondsSince(start))
    })
  })
  client.connectToHost(QHostAddress.LocalHost, server.serverPort())
}

/** Datagrams for each second of the processor. */
function udp(): void {
  const receiver = new QUdpSocket()
  receiver.bind(QHostAddress.LocalHost, 0)
  const port = receiver.localPort()
  const sender = new QUdpSocket()
  sender.bind(QHostAddress.LocalHost, 0)
  let start = process.cpuUsage()
  const window = () => {
    for (let i = 0; i < UDP_WINDOW; i += 1) sender.writeDatagram(DATAGRAM, QHostAddress.LocalHost, port)
  }
  let received = 0
  receiver.readyRead.connect(() => {
    while (receiver.hasPendingDatagrams()) {
      receiver.readDatagram()
      received += 1
      if (received === UDP_WARM_UP) start = process.cpuUsage()
      if (received % UDP_WINDOW === 0 && received < UDP_WARM_UP + UDP_COUNT) window()
    }
    if (received < UDP_WARM_UP + UDP_COUNT) return
    finish(UDP_COUNT / secondsSince(start))
  })
  window()
}

/** Processor time spent since `start`, in s: the one thread does nothing but that, and what others do does not count. */
function secondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1e6
}

function finish(rate: number): void {
  console.log(`rate ${rate}`)
  process.exit()
}

if (process.argv[2] === 'udp') udp()
else tcp()
