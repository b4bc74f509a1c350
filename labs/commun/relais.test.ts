import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { after, test } from 'node:test'
import { decouper, hasard, sorts } from './malice.ts'
import { type Reglages, relayerTcp, relayerUdp } from './relais.ts'

const CALME = {
  hote: '127.0.0.1',
  port: 0,
  perte: 0,
  retard: 0,
  desordre: 0,
  doublons: 0,
  decoupe: 0,
  graine: 42,
}

const opened: (() => void)[] = []
after(() => {
  for (const close of opened) close()
})

/** Starts a relay in this process and gives the port it got. */
function relais(start: typeof relayerUdp, settings: Reglages, lines: string[] = []): Promise<number> {
  return new Promise((pret, echec) => {
    opened.push(start(settings, { pret, dire: (line) => lines.push(line), echec }))
  })
}

async function udpEnd() {
  const socket = createSocket('udp4').unref()
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return socket
}

test('the fate of each datagram depends on the seed alone', () => {
  const chances = { perte: 20, doublons: 10, desordre: 10 }
  const draw = (seed: number) => {
    const next = sorts(seed, chances)
    return Array.from({ length: 50 }, next)
  }
  assert.deepEqual(draw(42), draw(42))
  assert.notDeepEqual(draw(42), draw(43))
  assert.equal(draw(42).filter((fate) => fate === 'perdu').length, 13)
})

test('changing the losses does not change which surviving datagrams are doubled', () => {
  const calm = sorts(7, { perte: 0, doublons: 30, desordre: 0 })
  const lossy = sorts(7, { perte: 40, doublons: 30, desordre: 0 })
  for (let i = 0; i < 200; i++) {
    const [without, under] = [calm(), lossy()]
    if (under !== 'perdu') assert.equal(under, without)
  }
})

test('cutting bytes keeps them all, in order, in pieces no larger than asked', () => {
  const bytes = Buffer.from(Array.from({ length: 1000 }, (_, i) => i % 256))
  const pieces = decouper(bytes, 7, hasard(1))
  assert.deepEqual(Buffer.concat(pieces), bytes)
  assert.ok(pieces.every((piece) => piece.length >= 1 && piece.length <= 7))
  assert.deepEqual(decouper(bytes, 0, hasard(1)), [bytes])
})

test('a calm UDP relay carries datagrams both ways, empty and 65 507 bytes ones too', async () => {
  const echo = await udpEnd()
  echo.on('message', (data, from) => echo.send(data, from.port, from.address))
  const port = await relais(relayerUdp, { ...CALME, vers: echo.address().port })
  const sender = await udpEnd()
  for (const size of [0, 5, 65_507]) {
    sender.send(Buffer.alloc(size, 'x'), port, '127.0.0.1')
    const [data] = await once(sender, 'message')
    assert.equal(data.length, size)
  }
})

test('the same seed loses the same datagrams', async () => {
  const lost = async () => {
    const lines: string[] = []
    const target = await udpEnd()
    const port = await relais(relayerUdp, { ...CALME, vers: target.address().port, perte: 30 }, lines)
    const sender = await udpEnd()
    const received: string[] = []
    target.on('message', (data) => received.push(data.toString()))
    for (let i = 1; i <= 20; i++) sender.send(`${i}`, port, '127.0.0.1')
    while (received.length + lines.filter((line) => line.includes('perdu')).length < 20) {
      await new Promise(setImmediate)
    }
    return received
  }
  const first = await lost()
  assert.ok(first.length < 20)
  assert.deepEqual(await lost(), first)
})

test('a datagram held back leaves after the next one', async () => {
  const target = await udpEnd()
  const port = await relais(relayerUdp, { ...CALME, vers: target.address().port, desordre: 100 })
  const sender = await udpEnd()
  const received: string[] = []
  target.on('message', (data) => received.push(data.toString()))
  for (const text of ['1', '2', '3', '4']) sender.send(text, port, '127.0.0.1')
  while (received.length < 4) await once(target, 'message')
  assert.deepEqual(received, ['2', '1', '4', '3'])
})

async function tcpTarget(onClient: (socket: Socket) => void): Promise<number> {
  const server = createServer({ allowHalfOpen: true }, onClient).unref()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

test('a TCP relay re-cuts the bytes without losing one, and carries the half-close', async () => {
  const sent = Buffer.from(Array.from({ length: 500 }, (_, i) => i % 256))
  const received: Buffer[] = []
  const vers = await tcpTarget((socket) => {
    socket.on('data', (data: Buffer) => received.push(data))
    // The answer leaves only after the peer's end: the relay must not have closed the other way.
    socket.on('end', () => socket.end('reçu'))
  })
  const port = await relais(relayerTcp, { ...CALME, vers, decoupe: 20 })
  const client = connect(port, '127.0.0.1')
  client.end(sent)
  let answer = ''
  client.on('data', (data) => {
    answer += data
  })
  await once(client, 'end')
  assert.equal(answer, 'reçu')
  assert.deepEqual(Buffer.concat(received), sent)
  assert.ok(received.length > 1, 'the bytes came in one read')
})

test('a TCP relay without a target resets its client and goes on', async () => {
  const closed = createServer().listen(0, '127.0.0.1')
  await once(closed, 'listening')
  const vers = (closed.address() as AddressInfo).port
  closed.close()
  await once(closed, 'close')
  const lines: string[] = []
  const port = await relais(relayerTcp, { ...CALME, vers }, lines)
  for (let i = 0; i < 2; i++) {
    const client = connect(port, '127.0.0.1')
    const [error] = await once(client, 'error')
    assert.equal(error.code, 'ECONNRESET')
  }
  assert.ok(lines.some((line) => line.includes('Connexion refusée')))
})

test('a client that resets does not stop the relay', async () => {
  const vers = await tcpTarget((socket) => {
    socket.on('error', () => undefined)
    socket.pipe(socket)
  })
  const port = await relais(relayerTcp, { ...CALME, vers })
  const brutal = connect(port, '127.0.0.1')
  await once(brutal, 'connect')
  brutal.write('x')
  await once(brutal, 'data')
  brutal.resetAndDestroy()
  const polite = connect(port, '127.0.0.1')
  polite.write('encore')
  const [data] = await once(polite, 'data')
  assert.equal(data.toString(), 'encore')
  polite.destroy()
})
