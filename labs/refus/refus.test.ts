import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { Peer, serves } from '../../tests/peer.ts'
import { Program } from '../../tests/programs.ts'
import { optionsOf, portOf, VARIANTS } from '../../tests/variants.ts'

const LAB = 'refus'

async function accepted(port: number): Promise<Peer> {
  for (;;) {
    const peer = new Peer(port)
    if (await peer.gets('BIENVENUE')) return peer
  }
}

for (const variant of VARIANTS) {
  describe(`refus in ${variant}`, optionsOf(variant), () => {
    test('fifty clients are refused with one word while the first keeps working', async () => {
      await using server = await Program.start(LAB, 'serveur', variant, ['--port=0'])
      const port = await portOf(server)
      const first = await accepted(port)
      const refused = Array.from({ length: 50 }, () => new Peer(port))
      for (const peer of refused) await peer.over()
      assert.deepEqual([...new Set(refused.map(({ received }) => received))], ['OCCUPÉ'])
      first.socket.write('toujours là')
      assert.ok(await first.gets('Message reçu sur le serveur : toujours là'))
      first.socket.destroy()
    })

    test('a refused client that floods or never closes does not hold the first one back', async () => {
      await using server = await Program.start(LAB, 'serveur', variant, ['--port=0'])
      const port = await portOf(server)
      const first = await accepted(port)
      const flood = new Peer(port)
      flood.socket.write(Buffer.alloc(10_000_000, 'm'))
      const deaf = new Peer(port)
      deaf.socket.pause()
      first.socket.write('encore')
      assert.ok(await first.gets('Message reçu sur le serveur : encore'))
      await flood.over()
      deaf.socket.resume()
      await deaf.over()
      first.socket.destroy()
    })

    test('the place is free again when the first leaves by a reset, not when a refused one leaves', async () => {
      await using server = await Program.start(LAB, 'serveur', variant, ['--port=0'])
      const port = await portOf(server)
      const first = await accepted(port)
      for (let i = 0; i < 2; i++) {
        const refused = new Peer(port)
        assert.ok(await refused.gets('OCCUPÉ'))
        await refused.over()
      }
      first.socket.resetAndDestroy()
      const next = await accepted(port)
      next.socket.destroy()
    })

    test('a client that waited during the pause is served with what it had already sent', async () => {
      await using server = await Program.start(LAB, 'serveur', variant, ['--port=0', '--politique=pause'])
      const port = await portOf(server)
      const first = await accepted(port)
      const gone = new Peer(port)
      await once(gone.socket, 'connect')
      gone.socket.destroy()
      const waiting = new Peer(port)
      waiting.socket.write('déjà écrit')
      await once(waiting.socket, 'connect')
      first.socket.end()
      assert.ok(await waiting.gets('Message reçu sur le serveur : déjà écrit'))
      waiting.socket.destroy()
      await serves(port, 'ensuite')
    })

    test('with a silent refusal, the second client is connected then left without a word', async () => {
      await using server = await Program.start(LAB, 'serveur', variant, ['--port=0', '--politique=muet'])
      const port = await portOf(server)
      const first = await accepted(port)
      const refused = new Peer(port)
      await once(refused.socket, 'connect')
      await refused.over()
      assert.equal(refused.received, '')
      first.socket.destroy()
    })
  })
}
