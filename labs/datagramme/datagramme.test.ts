import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { Program } from '../../tests/programs.ts'
import { optionsOf, portOf, VARIANTS } from '../../tests/variants.ts'

const LAB = 'datagramme'

for (const variant of VARIANTS) {
  describe(`datagramme in ${variant}`, optionsOf(variant), () => {
    test('the answer leaves from the very port that was written to', async () => {
      await using receiver = await Program.start(LAB, 'recepteur', variant, ['--port=0'])
      // A connected socket only receives what comes from the address it is connected to.
      const asker = createSocket('udp4')
      asker.connect(await portOf(receiver), '127.0.0.1')
      await once(asker, 'connect')
      for (const text of ['été', '']) {
        asker.send(text)
        const [answer] = await once(asker, 'message')
        assert.equal(String(answer), `Reçu : ${text}`)
      }
      asker.close()
    })

    test('a datagram too large to be answered does not stop the receiver', async () => {
      await using receiver = await Program.start(LAB, 'recepteur', variant, ['--port=0'])
      const asker = createSocket('udp4')
      asker.connect(await portOf(receiver), '127.0.0.1')
      await once(asker, 'connect')
      asker.send(Buffer.alloc(65_507, 'm'))
      await receiver.until(/Réponse impossible : Datagramme trop grand/)
      asker.send(Buffer.from([0xff, 0x00]))
      const [answer] = await once(asker, 'message')
      assert.deepEqual(answer, Buffer.concat([Buffer.from('Reçu : '), Buffer.from([0xff, 0x00])]))
      asker.close()
    })

    test('the sender shows the answer and where it comes from, and ends with its input', async () => {
      await using receiver = await Program.start(LAB, 'recepteur', variant, ['--port=0'])
      const port = await portOf(receiver)
      await using sender = await Program.start(LAB, 'emetteur', variant, [`--port=${port}`])
      await sender.until(new RegExp(`Réponse de "127\\.0\\.0\\.1" : ${port} "Reçu : Message à envoyer"`))
      sender.eof()
      assert.equal(await sender.end(), 0)
    })
  })
}
