import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { test } from 'node:test'
import { depuisNetstat, depuisProc, lignesDuPort } from './table.ts'

const PROC = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:04D2 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1
   1: 0100007F:04D2 0100007F:C35A 08 00000000:00000000 00:00000000 00000000     0        0 2 1
   2: 0100007F:C35A 0100007F:04D2 05 00000000:00000000 00:00000000 00000000     0        0 3 1
   3: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4 1
`
const MACOS = `Active Internet connections (including servers)
Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)
tcp4       0      0  127.0.0.1.1234         127.0.0.1.50010        CLOSE_WAIT
tcp4       0      0  127.0.0.1.1234         *.*                    LISTEN
tcp4       0      0  127.0.0.1.8080         *.*                    LISTEN
udp4       0      0  *.1234                 *.*
`
const WINDOWS = `
  Proto  Local Address          Foreign Address        State
  TCP    127.0.0.1:1234         0.0.0.0:0              LISTENING
  TCP    127.0.0.1:1234         127.0.0.1:50010        CLOSE_WAIT
  UDP    0.0.0.0:1234           *:*
`

const words = (lines: string[]) => lines.map((line) => line.trim().split(/\s+/))

test('/proc/net/tcp gives one line per end of the port, in clear', () => {
  assert.deepEqual(words(depuisProc(PROC, 1234)), [
    ['CLOSE-WAIT', '127.0.0.1:1234', '127.0.0.1:50010'],
    ['FIN-WAIT-2', '127.0.0.1:50010', '127.0.0.1:1234'],
    ['LISTEN', '127.0.0.1:1234', '0.0.0.0:0'],
  ])
})

test('netstat of macOS gives the same words', () => {
  assert.deepEqual(words(depuisNetstat(MACOS, 1234)), [
    ['CLOSE-WAIT', '127.0.0.1:1234', '127.0.0.1:50010'],
    ['LISTEN', '127.0.0.1:1234', '*:*'],
  ])
})

test('netstat of Windows gives the same words', () => {
  assert.deepEqual(words(depuisNetstat(WINDOWS, 1234)), [
    ['CLOSE-WAIT', '127.0.0.1:1234', '127.0.0.1:50010'],
    ['LISTEN', '127.0.0.1:1234', '0.0.0.0:0'],
  ])
})

const skip = process.platform === 'linux' ? false : 'cette table se lit ici par netstat'
test('a real connection shows its two ends and the listening socket', { skip }, async () => {
  const server = createServer((socket) => socket.resume()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const client = connect(port, '127.0.0.1')
  await once(client, 'connect')
  const states = words(lignesDuPort(port)).map(([state]) => state)
  assert.deepEqual(states, ['ESTABLISHED', 'ESTABLISHED', 'LISTEN'])
  client.destroy()
  server.close()
})
