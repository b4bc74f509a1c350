import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { describe, test } from 'node:test'
import { Peer } from '../../tests/peer.ts'
import { Program } from '../../tests/programs.ts'
import { optionsOf, portOf, VARIANTS } from '../../tests/variants.ts'

const LAB = 'client-serveur-tcp'

async function listening() {
  const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port }
}

for (const variant of VARIANTS) {
  describe(`client-serveur-tcp in ${variant}`, optionsOf(variant), () => {
    test('a second client waits for its turn, then is answered', async () => {
      await using server = await Program.start(LAB, 'serveur', variant, ['--port', '0'])
      const port = await portOf(server)
      const first = new Peer(port)
      first.socket.write('un')
      assert.ok(await first.gets('Message reçu sur le serveur : un'))
      const second = new Peer(port)
      second.socket.write('deux')
      first.socket.write('encore')
      assert.ok(await first.gets('encore'))
      assert.equal(second.received, '')
      first.socket.end()
      assert.ok(await second.gets('Message reçu sur le serveur : deux'))
      second.socket.destroy()
    })

    test('a server whose port is taken says so, says what to do and fails', async () => {
      const { server, port } = await listening()
      await using refused = await Program.start(LAB, 'serveur', variant, [`--port=${port}`])
      await refused.until(/^Le port \d+ est déjà pris : [^:]*--port/m)
      assert.equal(await refused.end(), 1)
      server.close()
    })

    test('the client sends its message once connected, then closes at the end of its input', async () => {
      const { server, port } = await listening()
      await using client = await Program.start(LAB, 'client', variant, [
        `--port=${port}`,
        '--message=été 5 €',
      ])
      const [socket] = (await once(server, 'connection')) as [Socket]
      const sent = await new Promise<Buffer>((resolve) => socket.once('data', resolve))
      assert.equal(sent.toString('hex'), 'c3a974c3a9203520e282ac')
      client.eof()
      socket.resume()
      await once(socket, 'end')
      socket.end()
      assert.equal(await client.end(), 0)
      assert.match(client.output, /Déconnecté du serveur/)
      server.close()
    })

    test('the client fails when it is refused, when the name is unknown and when the server leaves', async () => {
      const { server, port } = await listening()
      server.on('connection', (socket) => socket.resume().end())
      await using left = await Program.start(LAB, 'client', variant, [`--port=${port}`])
      assert.equal(await left.end(), 1)
      assert.match(left.output, /L'hôte distant a fermé la connexion/)
      server.close()
      await once(server, 'close')
      await using refused = await Program.start(LAB, 'client', variant, [`--port=${port}`])
      assert.equal(await refused.end(), 1)
      assert.match(refused.output, /^Connexion refusée : .{1,40}$/m)
      await using unknown = await Program.start(LAB, 'client', variant, ['--hote=nom.invalid'])
      assert.equal(await unknown.end(), 1)
      assert.match(unknown.output, /^Hôte non trouvé : .{1,42}$/m)
    })
  })
}
