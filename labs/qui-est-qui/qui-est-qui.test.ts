import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'

const running: ChildProcess[] = []
after(() => {
  for (const child of running) child.kill()
})

/** Starts a program of this lab; `until` waits for a pattern in all it has printed. */
function start(file: string, ...args: string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, file), ...args])
  running.push(child)
  let output = ''
  const changed = new EventTarget()
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      changed.dispatchEvent(new Event('change'))
    })
  }
  const until = async (pattern: RegExp) => {
    for (;;) {
      const match = pattern.exec(output)
      if (match) return match
      await once(changed, 'change')
    }
  }
  return { child, until, type: (line: string) => child.stdin.write(`${line}\n`) }
}

async function enter(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

async function line(socket: Socket): Promise<string> {
  let text = ''
  while (!text.endsWith('\n')) text += (await once(socket, 'data'))[0]
  return text
}

for (const file of ['serveur.ts', 'serveur.node.ts']) {
  describe(file, () => {
    test('answers each client on its own, whatever the order and the cut of their bytes', async () => {
      const server = start(file, '--port', '0')
      const port = Number((await server.until(/port : (\d+)\s/))[1])
      const sockets: Socket[] = []
      for (let n = 1; n <= 3; n++) {
        sockets.push(await enter(port))
        await server.until(new RegExp(`Client ${n} entré`))
      }
      const answers = sockets.map(line)
      const message = Buffer.from('été\n')
      for (const byte of message) {
        for (const socket of sockets.toReversed()) socket.write(Buffer.from([byte]))
        await new Promise(setImmediate)
      }
      assert.deepEqual(
        await Promise.all(answers),
        [1, 2, 3].map((n) => `Bien reçu, client ${n}\n`),
      )
      for (const n of [1, 2, 3]) await server.until(new RegExp(`Client ${n} : "été"`))

      server.type('FERMER')
      await server.until(/écoute : non, conversations : 3/)
      const [error] = await once(connect(port, '127.0.0.1'), 'error')
      assert.equal(error.code, 'ECONNREFUSED')

      sockets[0]!.resetAndDestroy()
      await server.until(/Client 1 parti/)
      sockets[1]!.end()
      await server.until(/Client 2 parti/)
      sockets[2]!.write('encore\n')
      assert.equal(await line(sockets[2]!), 'Bien reçu, client 3\n')
      sockets[2]!.destroy()
    })

    test('puts aside a client that never ends its line, and only that one', async () => {
      const server = start(file, '--port', '0')
      const port = Number((await server.until(/port : (\d+)\s/))[1])
      const polite = await enter(port)
      const endless = await enter(port)
      endless.on('error', () => undefined)
      endless.write(Buffer.alloc(100_000, 'x'))
      await server.until(/Client 2 parti/)
      polite.write('bonjour\n')
      assert.equal(await line(polite), 'Bien reçu, client 1\n')
      polite.destroy()
      endless.destroy()
    })
  })
}

for (const file of ['client.ts', 'client.node.ts']) {
  test(`${file} shows what a plain server sends, and ends when it hangs up`, async () => {
    const server = createServer((socket) => {
      socket.on('data', (data) => socket.end(`reçu ${data}`))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    assert.ok(address !== null && typeof address === 'object')
    const client = start(file, '--port', String(address.port))
    await client.until(/Connecté : 127\.0\.0\.1:\d+ -> 127\.0\.0\.1:\d+/)
    client.type('bonjour')
    await client.until(/Reçu : "reçu bonjour"[\s\S]*Conversation terminée/)
    const [code] = client.child.exitCode === null ? await once(client.child, 'exit') : [client.child.exitCode]
    assert.equal(code, 0)
    server.close()
  })

  test(`${file} says that it is refused in one sentence, with no trace of its inside`, async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const address = closed.address()
    assert.ok(address !== null && typeof address === 'object')
    closed.close()
    await once(closed, 'close')
    const client = start(file, '--port', String(address.port))
    const [code] = await once(client.child, 'close')
    assert.equal(code, 1)
    assert.match((await client.until(/[\s\S]*/))[0], /^Connexion refusée : .*\n$/)
  })
}
