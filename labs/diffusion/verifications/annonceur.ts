import { type Ctx, defineCheck, type Program, type UdpPeer } from '../../check.ts'

async function start(c: Ctx, nom = 'imprimante'): Promise<{ program: Program; receiver: UdpPeer }> {
  const receiver = await c.udp('le récepteur attaché à 0.0.0.0', { bind: '0.0.0.0', reuse: true })
  return { receiver, program: await c.launch({ port: receiver.port, nom }) }
}

export default defineCheck({
  exercise: 'EX-8.4.2-2',
  ready: 'none',
  criteria: [
    {
      id: 'intervalles',
      say: 0,
      only: 'linux',
      async run(c) {
        const { receiver } = await start(c)
        let { at: previous } = await receiver.gets('ANNONCE imprimante', 3000)
        for (let i = 0; i < 3; i++) {
          const { at } = await receiver.gets('ANNONCE imprimante', 2000)
          c.between(400, 650, previous, at, 'l’attente entre deux annonces')
          previous = at
        }
      },
    },
    {
      id: 'pas-en-unicast',
      say: 1,
      only: 'linux',
      async run(c) {
        const everywhere = await c.udp('le récepteur attaché à 0.0.0.0', { bind: '0.0.0.0', reuse: true })
        const local = await c.udp('le récepteur attaché à 127.0.0.1', { port: everywhere.port, reuse: true })
        await c.launch({ port: everywhere.port, nom: 'imprimante' })
        const heard = () => everywhere.received.length + local.received.length
        await c.until(() => heard() >= 2, 3000)
        local.nothing('une diffusion n’est pas un envoi à 127.0.0.1')
        await everywhere.gets('ANNONCE imprimante')
      },
    },
    {
      id: 'accents',
      say: 2,
      only: 'linux',
      async run(c) {
        const { receiver } = await start(c, 'Zoé')
        await receiver.gets('ANNONCE Zoé', 3000)
      },
    },
    {
      id: 'sigterm',
      say: 3,
      hint: 2,
      only: 'linux',
      async run(c) {
        const { program, receiver } = await start(c)
        await receiver.gets('ANNONCE imprimante', 3000)
        const from = performance.now()
        program.signal('SIGTERM')
        const code = await program.exit()
        c.between(0, 500, from, performance.now(), 'la fin du programme')
        if (code !== 0) c.fail(`le programme a fini avec le code ${code}`, 'le code 0 : une fin propre')
      },
    },
  ],
  mutants: [
    {
      name: 'sans-option',
      idea: 'ne pas demander la diffusion',
      rejectedBy: 'intervalles',
      edits: [['  socket.setBroadcast(true)\n', '']],
    },
    {
      name: 'une-fois',
      idea: 'annoncer une seule fois',
      rejectedBy: 'intervalles',
      edits: [['setInterval(annoncer, 500)', 'setInterval(() => undefined, 500)']],
    },
    {
      name: 'unicast',
      idea: 'annoncer à 127.0.0.1',
      rejectedBy: ['pas-en-unicast'],
      edits: [['options.port, options.diffusion,', "options.port, '127.0.0.1',"]],
    },
    {
      name: 'latin1',
      idea: 'écrire le nom en Latin-1',
      rejectedBy: 'accents',
      edits: [
        [
          'socket.send(`ANNONCE ${options.nom}`,',
          "socket.send(Buffer.from(`ANNONCE ${options.nom}`, 'latin1'),",
        ],
      ],
    },
    {
      name: 'tenace',
      idea: 'oublier d’arrêter l’horloge',
      rejectedBy: 'sigterm',
      edits: [['    clearInterval(horloge)\n    socket.close()\n', '    void horloge\n']],
    },
  ],
})
