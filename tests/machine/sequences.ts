/**
 * What `net`, `dgram` and timers do, event by event: a program to run on real Node and on the machine. It prints one
 * line of JSON per sequence, where what changes at each run (ports, addresses of cards) is replaced.
 */
import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type ServerOpts, type Socket } from 'node:net'

let lines: string[] = []

function text(value: unknown): string {
  if (value instanceof Error) {
    const { code, message, syscall, errno } = value as NodeJS.ErrnoException
    return `${code}|${message.replace(/\b\d{4,5}\b/g, 'P')}|${syscall}|${errno}`
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function log(...values: unknown[]): void {
  lines.push(values.map(text).join(' '))
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const TCP = ['lookup', 'connect', 'ready', 'data', 'end', 'finish', 'drain', 'close', 'error', 'timeout']

/** Writes all that a socket emits. */
function spy<S extends Socket | UdpSocket>(name: string, socket: S, events = TCP): S {
  for (const event of events) {
    socket.on(event, (...args: unknown[]) => {
      const said =
        event === 'data' ? [(args[0] as Buffer).length] : event === 'lookup' ? [args[1], args[2]] : args
      log(name, event, ...said)
    })
  }
  return socket
}

async function listening(onSocket: (socket: Socket) => void, options: ServerOpts = {}): Promise<Server> {
  const server = createServer(options, onSocket).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

const portOf = (server: Server) => (server.address() as AddressInfo).port

async function bound(address?: string): Promise<UdpSocket> {
  const socket = createSocket('udp4').bind(0, address)
  await once(socket, 'listening')
  return socket
}

const SEQUENCES: Record<string, () => Promise<void>> = {
  async threeWrites() {
    const server = await listening((socket) => void spy('S', socket))
    const client = spy(
      'C',
      connect(portOf(server), '127.0.0.1', () => {
        for (const part of ['Bonjour', ' le', ' monde']) client.write(part)
        client.end()
      }),
    )
    await once(client, 'close')
    server.close()
  },
  async refusedByEnd() {
    const server = await listening((socket) => void socket.end())
    await once(spy('C', connect(portOf(server), '127.0.0.1')), 'close')
    server.close()
  },
  async refusedByText() {
    const server = await listening((socket) => void socket.end('OCCUPÉ'))
    await once(spy('C', connect(portOf(server), '127.0.0.1')), 'close')
    server.close()
  },
  async refusedByDestroy() {
    const server = await listening((socket) => void socket.destroy())
    await once(spy('C', connect(portOf(server), '127.0.0.1')), 'close')
    server.close()
  },
  async maxConnections() {
    const server = await listening((socket) => void socket.on('error', () => {}))
    server.maxConnections = 1
    server.on('drop', (data) => log('drop', Object.keys(data ?? {}).sort()))
    const first = connect(portOf(server), '127.0.0.1')
    await once(first, 'connect')
    await once(spy('C', connect(portOf(server), '127.0.0.1')), 'close')
    first.destroy()
    server.close()
  },
  async reset() {
    const server = await listening((socket) => {
      socket.on('error', () => {}).once('data', () => socket.resetAndDestroy())
    })
    const client = spy(
      'C',
      connect(portOf(server), '127.0.0.1', () => client.write('x')),
      TCP,
    )
    client.on('error', () => {})
    await once(client, 'close')
    server.close()
  },
  async connectionRefused() {
    await once(spy('C', connect(1, '127.0.0.1')), 'close')
  },
  async unknownName() {
    await once(spy('C', connect(1, 'hote.invalid')), 'close')
  },
  async portInUse() {
    const server = await listening(() => {})
    const second = createServer()
    second.on('error', (error) => log('second', error)).on('listening', () => log('listening?'))
    second.listen(portOf(server), '127.0.0.1')
    await wait(30)
    server.close()
  },
  async addressNotHere() {
    createServer()
      .on('error', (error) => log(error))
      .listen(0, '203.0.113.9')
    await wait(30)
  },
  async halfOpen() {
    const server = await listening(
      (socket) => {
        spy('S', socket)
        socket.on('end', () => setTimeout(() => socket.end('réponse'), 20))
      },
      { allowHalfOpen: true },
    )
    const options = { port: portOf(server), host: '127.0.0.1', allowHalfOpen: true }
    const client = spy(
      'C',
      connect(options, () => client.end('question')),
    )
    await once(client, 'close')
    server.close()
  },
  async writesToWhoLeft() {
    const server = await listening((socket) => void socket.destroy())
    const client = spy('C', connect({ port: portOf(server), host: '127.0.0.1', allowHalfOpen: true }))
    await once(client, 'end')
    client.write('un')
    await wait(30)
    client.write('deux')
    await wait(30)
    client.destroy()
    await wait(10)
    server.close()
  },
  async writeAfterEnd() {
    const server = await listening(() => {})
    const client = spy(
      'C',
      connect(portOf(server), '127.0.0.1', () => {
        client.end()
        client.write('x')
      }),
    )
    await wait(50)
    client.destroy()
    server.close()
  },
  async backpressure() {
    let peer: Socket | undefined
    const server = await listening((socket) => (peer = socket), { pauseOnConnect: true })
    const client = connect(portOf(server), '127.0.0.1')
    await once(client, 'connect')
    const block = Buffer.alloc(65_536)
    let written = 0
    while (client.writableLength === 0 && written < 2e7) {
      client.write(block)
      written += block.length
      await wait(0)
    }
    log('blocked', client.writableLength > 0, written > 1e6, written < 1e7)
    client.destroy()
    peer?.destroy()
    server.close()
  },
  async timeout() {
    const server = await listening(() => {})
    const client = spy('C', connect(portOf(server), '127.0.0.1'))
    client.setTimeout(40)
    await once(client, 'timeout')
    client.destroy()
    await once(client, 'close')
    server.close()
  },
  async serverCloses() {
    const server = await listening((socket) => {
      log('connection')
      socket.on('data', () => {}).on('close', () => log('S close'))
    })
    server.on('close', () => log('server close'))
    const client = connect(portOf(server), '127.0.0.1')
    await once(client, 'connect')
    await wait(10)
    server.close()
    client.end()
    await once(server, 'close')
  },
  async order() {
    setTimeout(() => log('timeout'), 0)
    setImmediate(() => log('immediate'))
    process.nextTick(() => log('tick'))
    Promise.resolve()
      .then(() => {
        log('microtask')
        process.nextTick(() => log('tick of a microtask'))
      })
      .then(() => log('second microtask'))
    queueMicrotask(() => log('third microtask'))
    await wait(20)
    lines.sort((a, b) => Number(/^(timeout|immediate)$/.test(a)) - Number(/^(timeout|immediate)$/.test(b)))
  },
  async immediates() {
    setImmediate(() => {
      log('a')
      Promise.resolve().then(() => log('a microtask'))
      process.nextTick(() => log('a tick'))
      setImmediate(() => log('c'))
    })
    setImmediate(() => log('b'))
    await wait(20)
  },
  async broadcast() {
    const socket = await bound()
    const { port } = socket.address()
    socket.send('x', port, '127.255.255.255', (error) => log('send', error ?? 'ok'))
    await wait(20)
    socket.setBroadcast(true)
    socket.on('message', (bytes, { family, size }) => log('message', bytes.length, family, size))
    socket.send('y', port, '127.255.255.255', (error) => log('send', error ?? 'ok'))
    await wait(30)
    socket.close()
  },
  async largestDatagram() {
    const socket = await bound('127.0.0.1')
    for (const size of [65_507, 65_508]) {
      socket.send(Buffer.alloc(size), 9, '127.0.0.1', (error, sent) => log(size, error ?? 'ok', sent))
    }
    await wait(20)
    socket.close()
  },
  async udpPortInUse() {
    const socket = await bound('127.0.0.1')
    const second = createSocket('udp4').on('error', (error) => log('second', error))
    second.bind(socket.address().port, '127.0.0.1')
    await wait(20)
    socket.close()
    second.close()
  },
  async shared() {
    const sockets = ['a', 'b', 'c'].map((name) =>
      createSocket({ type: 'udp4', reuseAddr: true }).on('message', (bytes) => log(name, String(bytes))),
    )
    let port = 0
    for (const socket of sockets) {
      socket.bind(port)
      await once(socket, 'listening')
      port = socket.address().port
    }
    const sender = await bound()
    sender.setBroadcast(true)
    sender.send('direct', port, '127.0.0.1')
    await wait(20)
    sender.send('diffusion', port, '127.255.255.255')
    await wait(20)
    lines = [...lines.slice(0, 1), ...lines.slice(1).sort()]
    for (const socket of [...sockets, sender]) socket.close()
  },
  async badPorts() {
    const attempts: (() => unknown)[] = [
      () => connect(70_000, '127.0.0.1'),
      () => createSocket('udp4').send('x', 0, '127.0.0.1'),
      () => createServer().listen(70_000),
    ]
    for (const attempt of attempts) {
      try {
        attempt()
      } catch (error) {
        log((error as Error).name, error)
      }
    }
  },
  async states() {
    const server = await listening(() => {})
    const client = connect(portOf(server), '127.0.0.1')
    log(client.readyState, client.connecting, client.pending, client.localPort)
    await once(client, 'connect')
    log(client.readyState, client.connecting, client.pending, client.remoteFamily, client.localAddress)
    client.end()
    log(client.readyState)
    client.destroy()
    log(client.readyState, client.destroyed)
    server.close()
    log(server.listening, server.address())
  },
  async connectedUdp() {
    const socket = spy('u', createSocket('udp4'), ['error', 'connect', 'close'])
    socket.connect(9, '127.0.0.1')
    await once(socket, 'connect')
    log(socket.remoteAddress().port)
    socket.send('x')
    await wait(30)
    socket.send('y', (error) => log(error ?? 'ok'))
    await wait(30)
    socket.close()
  },
  async iterated() {
    const server = await listening(async (socket) => {
      let all = ''
      for await (const chunk of socket) all += chunk
      log('S', all)
      socket.end()
    })
    const client = connect(portOf(server), '127.0.0.1', () => {
      client.write('é'.repeat(3))
      client.end('fin')
    })
    client.resume()
    await once(client, 'close')
    server.close()
  },
  async buffers() {
    const bytes = Buffer.from('Ça va, 日本 ?')
    for (const encoding of ['hex', 'base64', 'base64url', 'latin1', 'ascii', 'utf16le'] as const) {
      const written = bytes.toString(encoding)
      log(encoding, written, Buffer.from(written, encoding).length)
    }
    log(bytes.indexOf('va'), bytes.lastIndexOf('a'), bytes.includes('x'), bytes.slice(-3).toString())
    log(Buffer.alloc(5, 'ab').toString(), Buffer.concat([bytes, Buffer.of(0)]).length, bytes.equals(bytes))
    log(Buffer.compare(Buffer.of(1, 2), Buffer.of(1, 3)), Buffer.from('00ffzz', 'hex').length)
    log(Buffer.of(1, 2, 3, 4).readUInt32BE(0), Buffer.from('été').write('abcdef', 2))
  },
}

for (const [name, play] of Object.entries(SEQUENCES)) {
  lines = []
  try {
    await Promise.race([play(), wait(5000).then(() => log('nothing came'))])
  } catch (error) {
    log('threw', error)
  }
  console.log(JSON.stringify([name, ...lines]))
}
process.exit(0)
