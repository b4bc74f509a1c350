import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { Peer } from '../../tests/peer.ts'
import { Program } from '../../tests/programs.ts'
import { optionsOf, portOf, VARIANTS } from '../../tests/variants.ts'

const LAB = 'multi-clients'

for (const variant of VARIANTS) {
  describe(`multi-clients in ${variant}`, optionsOf(variant), () => {
    test('two hundred clients who talk at once each get their own answer', async () => {
      await using server = await Program.start(LAB, 'serveur', variant, ['--port=0', '--max=200'])
      const port = await portOf(server)
      const peers = Array.from({ length: 200 }, () => new Peer(port))
      await Promise.all(peers.map(({ socket }) => once(socket, 'connect')))
      for (const [i, { socket }] of peers.entries()) socket.write(`je suis le ${i}.`)
      for (const [i, peer] of peers.entries()) assert.ok(await peer.gets(`Message reçu : je suis le ${i}.`))
      for (const [i, { received }] of peers.entries())
        assert.equal(received, `Message reçu : je suis le ${i}.`)
      for (const { socket } of peers) socket.resetAndDestroy()
      await server.until(/Client déconnecté, port : \d+ Clients : 0/)
    })

    test('beyond the maximum a client is told so, and only a departure frees a place', async () => {
      await using server = await Program.start(LAB, 'serveur', variant, ['--port=0', '--max=2'])
      const port = await portOf(server)
      const [one, two] = [new Peer(port), new Peer(port)]
      await server.until(/Clients : 2/)
      for (let i = 0; i < 20; i++) {
        const refused = new Peer(port)
        assert.ok(await refused.gets('COMPLET'))
        await refused.over()
      }
      one.socket.resetAndDestroy()
      await server.until(/Client déconnecté, port : \d+ Clients : 1/)
      const next = new Peer(port)
      next.socket.write('enfin')
      assert.ok(await next.gets('Message reçu : enfin'))
      two.socket.write('toujours là')
      assert.ok(await two.gets('Message reçu : toujours là'))
      two.socket.destroy()
      next.socket.destroy()
    })

    test('a long calculation in another thread lets the others be answered first', async () => {
      await using server = await Program.start(LAB, 'serveur', variant, ['--port=0', '--calcul'])
      const port = await portOf(server)
      const [busy, quick, gone] = [new Peer(port), new Peer(port), new Peer(port)]
      busy.socket.write('calcule 2000000')
      gone.socket.write('calcule 1000')
      await server.until(/"calcule 2000000"/)
      await server.until(/"calcule 1000"/)
      gone.socket.destroy()
      quick.socket.write('et moi')
      assert.ok(await quick.gets('Message reçu : et moi'))
      assert.doesNotMatch(server.output, /Calcul terminé : 148933/)
      assert.ok(await busy.gets('Nombres premiers : 148933'))
      busy.socket.destroy()
      quick.socket.destroy()
    })
  })
}
