import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { Peer } from '../../tests/peer.ts'
import { Program } from '../../tests/programs.ts'
import { optionsOf, portOf, VARIANTS } from '../../tests/variants.ts'

const LAB = 'client-vole'
const ANSWER = 'Message reçu sur le serveur : '

async function connected(server: Program, port: number): Promise<Peer> {
  const before = server.output.length
  const peer = new Peer(port)
  await once(peer.socket, 'connect')
  await server.until(/Nouveau client/, before)
  return peer
}

for (const variant of VARIANTS) {
  describe(`client-vole in ${variant}`, optionsOf(variant), () => {
    test('with the single pointer, a first client alone leaves without its departure being seen', async () => {
      await using server = await Program.start(LAB, 'serveur', variant, ['--port=0'])
      const port = await portOf(server)
      const alone = await connected(server, port)
      alone.socket.end()
      await server.until(/Erreur client : Le client a fermé la connexion/)
      const next = await connected(server, port)
      next.socket.write('suivant')
      assert.ok(await next.gets(`${ANSWER}suivant`))
      assert.doesNotMatch(server.output, /Client déconnecté/)
      next.socket.destroy()
    })

    test('with the single pointer, three clients mix up and none brings the server down', async () => {
      await using server = await Program.start(LAB, 'serveur', variant, ['--port=0'])
      const port = await portOf(server)
      const one = await connected(server, port)
      const two = await connected(server, port)
      const three = await connected(server, port)
      one.socket.write('à moi')
      assert.ok(await three.gets(ANSWER))
      assert.equal(three.received, ANSWER)
      one.socket.resetAndDestroy()
      await three.over()
      two.socket.end()
      await two.over()
      const next = await connected(server, port)
      next.socket.write('vivant')
      assert.ok(await next.gets(`${ANSWER}vivant`))
      assert.equal(one.received, '')
      next.socket.destroy()
    })

    test('once repaired, each client has its own answers and its own end', async () => {
      await using server = await Program.start(LAB, 'serveur-repare', variant, ['--port=0'])
      const port = await portOf(server)
      const peers = [
        await connected(server, port),
        await connected(server, port),
        await connected(server, port),
      ]
      for (const [i, { socket }] of peers.entries()) socket.write(`de ${i}`)
      for (const [i, peer] of peers.entries()) assert.ok(await peer.gets(`${ANSWER}de ${i}`))
      peers[0]!.socket.resetAndDestroy()
      await server.until(/Client déconnecté/)
      peers[1]!.socket.write(', encore')
      assert.ok(await peers[1]!.gets(`${ANSWER}, encore`))
      assert.deepEqual(
        peers.map(({ received }) => received),
        [`${ANSWER}de 0`, `${ANSWER}de 1${ANSWER}, encore`, `${ANSWER}de 2`],
      )
      for (const { socket } of peers) socket.destroy()
    })
  })
}
