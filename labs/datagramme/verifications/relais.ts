import { type Ctx, defineCheck, type Program, type UdpPeer } from '../../check.ts'

/** How long the relay remembers a client in these plays, in ms. */
const MEMORY = 1500

async function start(c: Ctx): Promise<{ program: Program; target: UdpPeer; clients: UdpPeer[] }> {
  const target = await c.udp('la cible')
  const program = await c.launch({ port: await c.freePort(), vers: target.port, oubli: MEMORY })
  const clients = await Promise.all([1, 2, 3].map((n) => c.udp(`le client ${n}`, { to: program })))
  return { program, target, clients }
}

export default defineCheck({
  exercise: 'EX-8.5.2-3',
  ready: 'udp',
  criteria: [
    {
      id: 'chacun-les-siennes',
      say: 0,
      async run(c) {
        const { target, clients } = await start(c)
        await Promise.all(clients.map((client, i) => client.send(`question ${i}`)))
        const questions = [await target.next(), await target.next(), await target.next()]
        // The last one to ask is the first one answered.
        for (const { data, port } of questions.reverse()) {
          await target.send(`réponse à ${new TextDecoder().decode(data)}`, { port })
        }
        for (const [i, client] of clients.entries()) {
          await client.gets(`réponse à question ${i}`)
          client.nothing('les réponses des autres ne le regardent pas')
        }
      },
    },
    {
      id: 'trois-ports',
      say: 1,
      hint: 1,
      async run(c) {
        const { target, clients } = await start(c)
        const ports = new Set<number>()
        for (const client of [...clients, ...clients]) {
          await client.send('bonjour')
          ports.add((await target.gets('bonjour')).port)
        }
        if (ports.size !== 3)
          c.fail(`la cible a vu ${ports.size} ports sources`, '3 : un par client, toujours le même')
      },
    },
    {
      id: 'oubli',
      say: 2,
      hint: 2,
      tempo: 600,
      async run(c) {
        const { target, clients, program } = await start(c)
        for (const client of clients) {
          await client.send('bonjour')
          await target.gets('bonjour')
        }
        const asker = await c.udp('celui qui demande', { to: program })
        await asker.send('?')
        await asker.gets('CLIENTS 3')
        await c.pause(MEMORY * 0.6)
        for (const client of clients.slice(1)) {
          await client.send('toujours là')
          await target.gets('toujours là')
        }
        await c.pause(MEMORY * 0.6)
        await asker.send('?')
        await asker.gets('CLIENTS 2')
      },
    },
    {
      id: 'cible-absente',
      say: 3,
      async run(c) {
        const program = await c.launch({ port: await c.freePort(), vers: await c.freePort(), oubli: MEMORY })
        const client = await c.udp('le client', { to: program })
        for (let i = 0; i < 3; i++) {
          await client.send('il y a quelqu’un ?')
          await c.absence(50)
        }
        program.mustLive('trois envois à une cible absente')
        await client.send('?')
        await client.gets('CLIENTS 1')
      },
    },
  ],
  mutants: [
    {
      name: 'un-socket',
      idea: 'un seul socket vers la cible',
      rejectedBy: ['chacun-les-siennes', 'trois-ports'],
      edits: [
        ['const clients =', 'const unique = new QUdpSocket()\nconst clients ='],
        ['socket: new QUdpSocket(),', 'socket: unique,'],
      ],
    },
    {
      name: 'neuf-a-chaque-fois',
      idea: 'un socket neuf par datagramme',
      rejectedBy: 'trois-ports',
      edits: [
        [
          'const connu = clients.get(cle)',
          'const connu: Client | undefined = undefined as Client | undefined',
        ],
      ],
    },
    {
      name: 'sans-oubli',
      idea: 'ne jamais oublier',
      rejectedBy: 'oubli',
      edits: [['    oublier()\n', '']],
    },
    {
      name: 'oubli-total',
      idea: 'mesurer le silence depuis la première fois',
      rejectedBy: 'oubli',
      edits: [['  client.vu = Date.now()\n', '  client.vu ||= Date.now()\n']],
    },
    {
      name: 'demandeur-compte',
      idea: 'compter aussi celui qui demande',
      rejectedBy: 'oubli',
      edits: [['    oublier()\n', '    oublier()\n    connaitre(datagramme)\n']],
    },
  ],
})
