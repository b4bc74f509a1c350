import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { figureOf } from './figure.ts'
import { captureOf } from './pcapng.ts'
import { Program } from './testing.ts'

const SERVER = '127.0.0.1:1234'
const CLIENT = '127.0.0.1:40000'
const SYN = 0x02
const SYN_ACK = 0x12
const ACK = 0x10
const PUSH = 0x18

/** A server that greets at once: its bytes leave before its client is told that it is connected. */
function greeting(clientSkew: number): { client: Program; server: Program } {
  const client = new Program('client', 1, clientSkew)
  const server = new Program('serveur', 2)
  server.does(10, { kind: 'listen', socket: 1, local: '[::]:1234' })
  client.does(20, { kind: 'connect', socket: 1, remote: SERVER })
  server.does(30, { kind: 'accept', socket: 2, server: 1, local: SERVER, remote: CLIENT })
  server.does(40, { kind: 'send', socket: 2, bytes: 9, offset: 0 })
  client.does(50, { kind: 'connected', socket: 1, remote: SERVER, local: CLIENT })
  client.does(60, { kind: 'receive', socket: 1, bytes: 9, offset: 0 })
  return { client, server }
}

describe('a rebuilt capture', () => {
  for (const skew of [0, 1_000, -15]) {
    it(`opens a connection before anything goes through it, in the order of time, clocks ${skew} µs apart`, () => {
      const { client, server } = greeting(skew)
      const packets = packetsOf(captureOf(figureOf([...client.happenings, ...server.happenings]), 1_000_000))
      assert.deepEqual(
        packets.map(({ flags }) => flags),
        [SYN, SYN_ACK, ACK, PUSH],
      )
      const times = packets.map(({ at }) => at)
      assert.deepEqual(
        times,
        times.toSorted((a, b) => a - b),
      )
    })
  }

  it('opens the connection of a client that nobody observes', () => {
    const packets = packetsOf(captureOf(figureOf(greeting(0).server.happenings), 0))
    assert.deepEqual(
      packets.map(({ flags, port }) => [flags, port]),
      [
        [SYN, 40_000],
        [SYN_ACK, 1234],
        [ACK, 40_000],
        [PUSH, 1234],
      ],
    )
  })
})

/** When each TCP packet went, in µs, from which port and with which flags. */
function packetsOf(file: Uint8Array): { at: number; port: number; flags: number }[] {
  const view = new DataView(file.buffer)
  const packets = []
  for (let block = 0; block < file.length; block += view.getUint32(block + 4, true)) {
    if (view.getUint32(block, true) !== 6) continue
    const at = view.getUint32(block + 12, true) * 2 ** 32 + view.getUint32(block + 16, true)
    packets.push({ at, port: view.getUint16(block + 48), flags: view.getUint8(block + 61) })
  }
  return packets
}
