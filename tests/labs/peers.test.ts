/** Real peers talk to the programs of the labs: netcat and a Python socket, which know nothing of us. */
import assert from 'node:assert/strict'
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { before, describe, test } from 'node:test'
import type { Lab, Role, Transport } from '../../labs/lab.ts'
import { linkOf, sourceOf } from '../../labs/wiring.ts'
import { Program } from '../programs.ts'
import { optionsOf, portOf } from '../variants.ts'
import { labs } from './played.ts'

/** What a peer says: words that a server of text shows, and that a web server answers. */
const SAID = 'GET /bonjour HTTP/1.1\r\n\r\n'

/** Connects to a port, sends what it is given, prints what it gets. */
const PYTHON_CLIENT = `
import socket, sys
kind, port, text = sys.argv[1], int(sys.argv[2]), sys.argv[3]
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM if kind == 'tcp' else socket.SOCK_DGRAM)
s.connect(('127.0.0.1', port))
s.sendall(text.encode())
while True:
    data = s.recv(65536)
    if not data: break
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
`
/** Waits on a port of its own, which it prints, prints what it gets and answers each time. */
const PYTHON_SERVER = `
import socket, sys
kind = sys.argv[1]
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM if kind == 'tcp' else socket.SOCK_DGRAM)
s.bind(('127.0.0.1', 0))
if kind == 'tcp': s.listen()
print('port', s.getsockname()[1], flush=True)
if kind == 'tcp':
    c, _ = s.accept()
    c.sendall('pair python\\n'.encode())
    while True:
        data = c.recv(65536)
        if not data: break
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
else:
    while True:
        data, sender = s.recvfrom(65536)
        sys.stdout.buffer.write(data + b'\\n')
        sys.stdout.buffer.flush()
        s.sendto('pair python'.encode(), sender)
`
const PEERS: Record<string, (transport: Transport, port: number, text: string) => string[]> = {
  python3: (transport, port, text) => ['python3', '-c', PYTHON_CLIENT, transport, `${port}`, text],
  nc: (transport, port) => ['nc', ...(transport === 'udp' ? ['-u'] : []), '127.0.0.1', `${port}`],
}

function absent(command: string): string | false {
  return spawnSync(command, ['-h']).error ? `${command} est absent de cette machine` : false
}

/** A process whose output is awaited. */
class Talker {
  readonly #child: ChildProcessWithoutNullStreams
  output = ''

  constructor(command: readonly string[]) {
    this.#child = spawn(command[0]!, command.slice(1))
    this.#child.stdout.setEncoding('utf8').on('data', (text) => {
      this.output += text
    })
    this.#child.stdin.on('error', () => {})
  }

  say(text: string): void {
    this.#child.stdin.write(text)
  }

  async until(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.output)
      if (match) return match
      assert.equal(this.#child.exitCode, null, `it ended before ${pattern}:\n${this.output}`)
      await Promise.race([once(this.#child.stdout, 'data'), once(this.#child, 'exit')])
    }
  }

  stop(): void {
    this.#child.kill('SIGKILL')
  }
}

/** A program of a lab, once whatever the number of its roles. */
interface Played {
  lab: string
  role: Role
  transport: Transport
}

function programs(wanted: (lab: Lab, role: Role) => Transport | null): Played[] {
  const all = new Map<string, Played>()
  for (const [id, lab] of labs) {
    for (const role of lab.roles) {
      const transport = wanted(lab, role)
      const name = `${id}/${role.program}`
      if (transport && !all.has(name)) all.set(name, { lab: id, role, transport })
    }
  }
  return [...all.values()]
}

/** The transport of the port that a role opens by itself. */
function served({ opens }: Role): Transport | null {
  return opens && !opens.typed && typeof opens.over === 'string' ? opens.over : null
}

/** What waits on a port; a relay, which needs someone behind it, is for its own tests. */
const SERVERS = programs((_lab, role) => (linkOf(role) === null ? served(role) : null))

/** What reaches another role of its lab at the address of this machine: it may reach a stranger as well. */
const CLIENTS = programs((lab, role) => {
  const link = linkOf(role)
  const source = role.opens || !link ? null : sourceOf(lab, role.takes![link]!, {})
  const hosts = role.parameters.map((key) => lab.parameters[key]!).filter(({ kind }) => kind === 'host')
  const here = hosts.length > 0 && hosts.every(({ default: host }) => host === '127.0.0.1')
  const server = lab.roles.find(({ id }) => id === source?.role)
  return here && server ? served(server) : null
})

before(() => assert.ok(labs.size > 0, 'no lab was found'))

describe('a peer that knows nothing of the course is served', () => {
  for (const { lab, role, transport } of SERVERS) {
    for (const variant of role.variants) {
      for (const [name, commandOf] of Object.entries(PEERS)) {
        const options = optionsOf(variant)
        const skip = options.skip || absent(name)
        test(`${name} → ${lab}/${role.program} in ${variant}`, { ...options, skip }, async () => {
          await using server = await Program.start(lab, role.program, variant, ['--port=0'])
          const peer = new Talker(commandOf(transport, await portOf(server), SAID))
          try {
            if (name === 'nc') peer.say(SAID)
            // It shows what it was told, says that it leaves it aside, or answers.
            await Promise.any([server.until(/bonjour|ignoré/), peer.until(/\S/)])
            assert.equal(server.code, null)
          } finally {
            peer.stop()
          }
        })
      }
    }
  }
})

describe('a client of the course speaks to a server that knows nothing of it', () => {
  for (const { lab, role, transport } of CLIENTS) {
    for (const variant of role.variants) {
      const options = optionsOf(variant)
      const skip = options.skip || absent('python3')
      test(`${lab}/${role.program} in ${variant} → python3`, { ...options, skip }, async () => {
        const peer = new Talker(['python3', '-c', PYTHON_SERVER, transport])
        try {
          const [, port] = await peer.until(/port (\d+)/)
          const texts = role.parameters.filter((key) => labs.get(lab)!.parameters[key]!.kind === 'text')
          const args = [`--${linkOf(role)}=${port}`, ...texts.map((key) => `--${key}=bonjour`)]
          await using client = await Program.start(lab, role.program, variant, args)
          if (role.ready) await client.until(role.ready)
          client.type('bonjour')
          await peer.until(texts.length > 0 ? /bonjour/ : /port \d+\s+\S/)
        } finally {
          peer.stop()
        }
      })
    }
  }
})
