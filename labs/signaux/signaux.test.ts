import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { describe, test } from 'node:test'
import { Peer } from '../../tests/peer.ts'
import { Program } from '../../tests/programs.ts'
import { optionsOf, portOf, VARIANTS } from '../../tests/variants.ts'

const LAB = 'signaux'

/** The signals of the client, in order, without their values. */
function signals({ output }: Program): string[] {
  return [...output.matchAll(/^signal (\w+)(?: : QAbstractSocket::(\w+))?/gm)].map(
    ([, name, value]) => value ?? name!,
  )
}

async function listening(accept: (socket: Socket) => void) {
  const server = createServer(accept).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port }
}

for (const variant of VARIANTS) {
  describe(`signaux in ${variant}`, optionsOf(variant), () => {
    test('a peer that ends and a peer that resets are announced by the same signals', async () => {
      const ending = [
        ...['HostLookupState', 'ConnectingState', 'hostFound', 'ConnectedState', 'connected'],
        ...['RemoteHostClosedError', 'ClosingState', 'UnconnectedState', 'disconnected'],
      ]
      for (const leave of [(s: Socket) => s.end(), (s: Socket) => s.resetAndDestroy()]) {
        const { server, port } = await listening((socket) => socket.on('error', () => {}))
        await using client = await Program.start(LAB, 'client', variant, [`--port=${port}`])
        const [socket] = (await once(server, 'connection')) as [Socket]
        await client.until(/signal connected/)
        leave(socket)
        assert.equal(await client.end(), 1)
        assert.deepEqual(signals(client), ending)
        server.close()
      }
    })

    test('closing by oneself is announced without any error', async () => {
      const { server, port } = await listening((socket) => socket.resume())
      await using client = await Program.start(LAB, 'client', variant, [`--port=${port}`])
      await client.until(/signal connected/)
      client.eof()
      assert.equal(await client.end(), 0)
      assert.deepEqual(signals(client).slice(-4), [
        'connected',
        'ClosingState',
        'UnconnectedState',
        'disconnected',
      ])
      server.close()
    })

    test('a closed port and an unknown name end in an error, never in disconnected', async () => {
      await using closed = await Program.start(LAB, 'serveur', variant, ['--port=0', '--mode=ferme'])
      const port = await portOf(closed)
      assert.equal(await closed.end(), 0)
      for (const [option, last] of [
        [`--port=${port}`, ['UnconnectedState', 'ConnectionRefusedError']],
        ['--hote=nom.invalid', ['HostLookupState', 'UnconnectedState', 'HostNotFoundError']],
      ] as const) {
        await using client = await Program.start(LAB, 'client', variant, [option])
        assert.equal(await client.end(), 1)
        assert.deepEqual(signals(client).slice(-last.length), last)
      }
    })

    test('the cooperative server closes on « fin » and greets the next one', async () => {
      await using server = await Program.start(LAB, 'serveur', variant, ['--port=0'])
      const port = await portOf(server)
      for (let i = 0; i < 2; i++) {
        const peer = new Peer(port)
        assert.ok(await peer.gets('BONJOUR'))
        peer.socket.write('allô')
        assert.ok(await peer.gets('Message reçu : allô'))
        peer.socket.write('fin')
        await peer.over()
      }
    })
  })
}
