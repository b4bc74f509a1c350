import assert from 'node:assert/strict'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { Program } from '../../tests/programs.ts'
import { optionsOf, portOf, VARIANTS } from '../../tests/variants.ts'

const LAB = 'udp'

async function attached(): Promise<Socket> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return socket
}

for (const variant of VARIANTS) {
  describe(`udp in ${variant}`, optionsOf(variant), () => {
    test('the receiver reads an empty, a huge and a binary datagram, and tells its senders apart', async () => {
      await using receiver = await Program.start(LAB, 'recepteur', variant, ['--port=0'])
      const port = await portOf(receiver)
      const [one, two] = [await attached(), await attached()]
      const from = (socket: Socket) => `Reçu de "127\\.0\\.0\\.1" : ${socket.address().port}`
      for (const [sender, bytes, seen] of [
        [one, Buffer.alloc(0), 'Taille : 0 ""'],
        [two, Buffer.alloc(65_507, 'm'), 'Taille : 65507 "m{65507}"'],
        [one, Buffer.from([0x00, 0xff, 0x1b]), 'Taille : 3 "\\\\u0000\uFFFD\\\\u001B"'],
        [two, Buffer.from([0x72, 0x65, 0xc3]), 'Taille : 3 "re\uFFFD"'],
        [one, Buffer.from('encore'), 'Taille : 6 "encore"'],
      ] as const) {
        sender.send(bytes, port, '127.0.0.1')
        await receiver.until(new RegExp(`${from(sender)} ${seen}`))
      }
      one.close()
      two.close()
    })

    test('a receiver whose port is taken says so, says what to do and fails', async () => {
      await using first = await Program.start(LAB, 'recepteur', variant, ['--port', '0'])
      await using second = await Program.start(LAB, 'recepteur', variant, [`--port=${await portOf(first)}`])
      assert.equal(await second.end(), 1)
      assert.match(second.output, /^Le port \d+ est déjà pris : [^:]*--port/m)
    })

    test('the sender sends its message, as many times as asked, then each line it is given', async () => {
      const receiver = await attached()
      const seen: string[] = []
      receiver.on('message', (bytes) => seen.push(bytes.toString('hex')))
      await using sender = await Program.start(LAB, 'emetteur', variant, [
        `--port=${receiver.address().port}`,
        '--message=à',
        '--fois=2',
      ])
      sender.type('')
      sender.type('fin')
      while (seen.length < 4) await once(receiver, 'message')
      assert.deepEqual(seen, ['c3a0', 'c3a0', '', '66696e'])
      sender.eof()
      assert.equal(await sender.end(), 0)
      receiver.close()
    })

    test('the sender fails on a name and on a message too large', async () => {
      await using name = await Program.start(LAB, 'emetteur', variant, ['--hote=localhost'])
      assert.equal(await name.end(), 1)
      assert.match(name.output, /« localhost » n'est pas une adresse IPv4/)
      await using large = await Program.start(LAB, 'emetteur', variant, [
        '--port=9',
        `--message=${'m'.repeat(65_508)}`,
      ])
      assert.equal(await large.end(), 1)
      assert.match(large.output, /^Envoi impossible : Datagramme trop grand : .+$/m)
    })
  })
}
