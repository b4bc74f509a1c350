/** One transfer between two objects of the twin, in one process: prints its rate. Run by `probe.ts`, with `tcp` or `udp`. */
import { QHostAddress, QTcpServer, QTcpSocket, QUdpSocket } from '../labs/qt-network/index.ts'

const BLOCK = Buffer.alloc(64 * 1024, 'x')
const TCP_BYTES = 512 * 1024 * 1024
/** Bytes that a sender allows itself to give before they have left. */
const TCP_AHEAD = 1024 * 1024

const DATAGRAM = Buffer.alloc(100, 'x')
const UDP_COUNT = 60_000
/** Datagrams sent before waiting for their arrival: few enough for the receiver's buffer. */
const UDP_WINDOW = 64

/** MiB in a second. */
function tcp(): void {
  const server = new QTcpServer()
  server.listen(QHostAddress.LocalHost, 0)
  const client = new QTcpSocket()
  const start = performance.now()
  let sent = 0
  const send = () => {
    while (sent < TCP_BYTES && client.bytesToWrite() < TCP_AHEAD) sent += client.write(BLOCK)
  }
  client.connected.connect(send)
  client.bytesWritten.connect(send)
  server.newConnection.connect(() => {
    const peer = server.nextPendingConnection()!
    let received = 0
    peer.readyRead.connect(() => {
      received += peer.readAll().length
      if (received < TCP_BYTES) return
      finish(TCP_BYTES / 2 ** 20 / ((performance.now() - start) / 1000))
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
  const start = process.cpuUsage()
  const window = () => {
    for (let i = 0; i < UDP_WINDOW; i += 1) sender.writeDatagram(DATAGRAM, QHostAddress.LocalHost, port)
  }
  let received = 0
  receiver.readyRead.connect(() => {
    while (receiver.hasPendingDatagrams()) {
      receiver.readDatagram()
      received += 1
      if (received % UDP_WINDOW === 0 && received < UDP_COUNT) window()
    }
    if (received < UDP_COUNT) return
    const { user, system } = process.cpuUsage(start)
    finish(received / ((user + system) / 1e6))
  })
  window()
}

function finish(rate: number): void {
  console.log(`rate ${rate}`)
  process.exit()
}

if (process.argv[2] === 'udp') udp()
else tcp()
