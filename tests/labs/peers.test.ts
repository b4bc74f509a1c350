/** Real peers talk to the programs of the labs: netcat and a Python socket, which know nothing of us. */
import assert from 'node:assert/strict'
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { ROOT } from '../../scripts/build.ts'
import { Program } from '../programs.ts'
import { optionsOf, portOf, VARIANTS } from '../variants.ts'

type Transport = 'tcp' | 'udp'

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

/** What waits on a port, what is said to it, what comes back (or, without an answer, what it prints). */
const SERVERS: { lab: string; program: string; transport: Transport; say?: string; answer?: RegExp }[] = [
  { lab: 'udp', program: 'recepteur', transport: 'udp' },
  { lab: 'datagramme', program: 'recepteur', transport: 'udp', answer: /Reçu : bonjour/ },
  { lab: 'carte-postale', program: 'recepteur', transport: 'udp' },
  { lab: 'diffusion', program: 'recepteur', transport: 'udp' },
  { lab: 'multidiffusion', program: 'recepteur', transport: 'udp' },
  { lab: 'boucle', program: 'horloge', transport: 'udp' },
  { lab: 'ports', program: 'service-udp', transport: 'udp', answer: /Ici le service UDP/ },
  {
    lab: 'ports',
    program: 'mini-web',
    transport: 'tcp',
    say: 'GET / HTTP/1.1\r\n\r\n',
    answer: /HTTP\/1\.1 200/,
  },
  { lab: 'ports', program: 'fausse-base', transport: 'tcp', answer: /8\.0-demo/ },
  { lab: 'qui-est-qui', program: 'serveur', transport: 'tcp', answer: /Bien reçu, client 1/ },
  { lab: 'signaux', program: 'serveur', transport: 'tcp', answer: /Message reçu : bonjour/ },
  {
    lab: 'client-serveur-tcp',
    program: 'serveur',
    transport: 'tcp',
    answer: /Message reçu sur le serveur : bonjour/,
  },
  {
    lab: 'client-vole',
    program: 'serveur',
    transport: 'tcp',
    answer: /Message reçu sur le serveur : bonjour/,
  },
  {
    lab: 'client-vole',
    program: 'serveur-repare',
    transport: 'tcp',
    answer: /Message reçu sur le serveur : bonjour/,
  },
  { lab: 'multi-clients', program: 'serveur', transport: 'tcp', answer: /Message reçu : bonjour/ },
  { lab: 'refus', program: 'serveur', transport: 'tcp', answer: /Message reçu sur le serveur : bonjour/ },
  { lab: 'cadrage', program: 'serveur', transport: 'tcp' },
]

const CLIENTS: { lab: string; program: string; transport: Transport; options?: string[]; typed?: string }[] =
  [
    { lab: 'udp', program: 'emetteur', transport: 'udp', options: ['--message=bonjour'] },
    { lab: 'datagramme', program: 'emetteur', transport: 'udp', options: ['--message=bonjour'] },
    { lab: 'client-serveur-tcp', program: 'client', transport: 'tcp', typed: 'bonjour' },
    { lab: 'multi-clients', program: 'client', transport: 'tcp', typed: 'bonjour' },
    { lab: 'refus', program: 'client', transport: 'tcp', typed: 'bonjour' },
    { lab: 'client-vole', program: 'client', transport: 'tcp', typed: 'bonjour' },
    { lab: 'signaux', program: 'client', transport: 'tcp', typed: 'bonjour' },
  ]

/** The variants in which a program exists. */
function variantsOf(lab: string, program: string) {
  return VARIANTS.filter((variant) =>
    existsSync(
      join(
        ROOT,
        'labs',
        lab,
        variant === 'qt' ? `qt/${program}/main.cpp` : `${program}${variant === 'ts' ? '' : '.node'}.ts`,
      ),
    ),
  )
}

describe('a peer that knows nothing of the course is served', () => {
  for (const { lab, program, transport, say = 'bonjour\n', answer } of SERVERS) {
    for (const variant of variantsOf(lab, program)) {
      for (const [name, commandOf] of Object.entries(PEERS)) {
        const options = optionsOf(variant)
        const skip = options.skip || absent(name)
        test(`${name} → ${lab}/${program} in ${variant}`, { ...options, skip }, async () => {
          await using server = await Program.start(lab, program, variant, ['--port=0'])
          const peer = new Talker(commandOf(transport, await portOf(server), say))
          try {
            if (name === 'nc') peer.say(say)
            await (answer ? peer.until(answer) : server.until(/bonjour/))
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
  for (const { lab, program, transport, options: given = [], typed } of CLIENTS) {
    for (const variant of variantsOf(lab, program)) {
      const options = optionsOf(variant)
      const skip = options.skip || absent('python3')
      test(`${lab}/${program} in ${variant} → python3`, { ...options, skip }, async () => {
        const peer = new Talker(['python3', '-c', PYTHON_SERVER, transport])
        try {
          const [, port] = await peer.until(/port (\d+)/)
          await using client = await Program.start(lab, program, variant, [`--port=${port}`, ...given])
          if (transport === 'tcp') await client.until(/pair python/)
          if (typed) client.type(typed)
          await peer.until(/bonjour/)
        } finally {
          peer.stop()
        }
      })
    }
  }
})
