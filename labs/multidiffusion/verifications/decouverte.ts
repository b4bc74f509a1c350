import { type Ctx, defineCheck, type Program, type UdpPeer } from '../../check.ts'

/** An instance waits 200 ms at most: how long its answer may take, in ms. */
const PATIENCE = 1500

interface Play {
  port: number
  group: string
  asker: UdpPeer
  instances: Program[]
}

async function start(c: Ctx, n: number): Promise<Play> {
  const [port, groupe] = [await c.freePort(), c.group()]
  const instances: Program[] = []
  for (let i = 1; i <= n; i++) {
    const options = { port, groupe, nom: `service-${i}`, service: 8000 + i }
    instances.push(await c.launch(options, { name: `l’instance ${i}`, group: groupe }))
  }
  return { port, group: groupe, instances, asker: await c.udp('le questionneur', { multicast: true }) }
}

async function ask({ asker, port, group }: Play, question = 'QUI?'): Promise<number> {
  await asker.send(question, { port, address: group })
  return performance.now()
}

const text = (data: Uint8Array) => new TextDecoder().decode(data)

export default defineCheck({
  exercise: 'EX-8.4.2-4',
  ready: 'udp',
  criteria: [
    {
      id: 'trois-reponses',
      say: 0,
      only: 'linux',
      async run(c) {
        const play = await start(c, 3)
        await ask(play)
        const answers = []
        for (let i = 0; i < 3; i++) answers.push(text((await play.asker.next(PATIENCE)).data))
        const wanted = ['SERVICE service-1 8001', 'SERVICE service-2 8002', 'SERVICE service-3 8003']
        if (answers.sort().join() !== wanted.join())
          c.fail(`les réponses sont ${answers.join(', ')}`, wanted.join(', '))
        await c.absence(300)
        play.asker.nothing('une réponse par instance')
      },
    },
    {
      id: 'en-unicast',
      say: 1,
      only: 'linux',
      async run(c) {
        const play = await start(c, 1)
        // Another port of the same machine must hear nothing, and the asker never joined the group.
        const stranger = await c.udp('un autre que le questionneur')
        await ask(play)
        await play.asker.gets('SERVICE service-1 8001', PATIENCE)
        stranger.nothing('la réponse va au questionneur')
      },
    },
    {
      id: 'autre-question',
      say: 2,
      only: 'linux',
      async run(c) {
        const play = await start(c, 1)
        for (const question of ['QUI', 'QUI ?', 'qui?', '', 'QUI?QUI?']) await ask(play, question)
        await c.absence(400)
        play.asker.nothing('ce ne sont pas des questions QUI?')
        await ask(play)
        await play.asker.gets('SERVICE service-1 8001', PATIENCE)
      },
    },
    {
      id: 'etalement',
      say: 3,
      hint: 1,
      only: 'linux',
      async run(c) {
        const play = await start(c, 1)
        const waits: number[] = []
        for (let i = 0; i < 8; i++) {
          const asked = await ask(play)
          const { at } = await play.asker.gets('SERVICE service-1 8001', PATIENCE)
          waits.push(at - asked)
        }
        const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length
        const spread = Math.max(...waits) - Math.min(...waits)
        if (mean <= 30)
          c.fail(`les réponses partent au bout de ${Math.round(mean)} ms en moyenne`, 'plus de 30 ms')
        if (spread <= 20) c.fail(`les attentes sont étalées sur ${Math.round(spread)} ms`, 'plus de 20 ms')
      },
    },
    {
      id: 'pas-a-soi',
      say: 4,
      hint: 0,
      only: 'linux',
      async run(c) {
        const play = await start(c, 2)
        await ask(play, 'SERVICE service-9 8009')
        await c.absence(400)
        play.asker.nothing('une annonce n’est pas une question')
        await ask(play)
        await play.asker.next(PATIENCE)
        await play.asker.next(PATIENCE)
        await c.absence(300)
        play.asker.nothing('une réponse par instance et par question')
      },
    },
  ],
  mutants: [
    {
      name: 'au-groupe',
      idea: 'répondre au groupe',
      rejectedBy: 'trois-reponses',
      edits: [['`, port, address, (erreur)', '`, options.port, options.groupe, (erreur)']],
    },
    {
      name: 'sans-attente',
      idea: 'répondre aussitôt',
      rejectedBy: 'etalement',
      edits: [['Math.random() * 200', '0']],
    },
    {
      name: 'a-tout',
      idea: 'répondre à toute question',
      rejectedBy: 'autre-question',
      edits: [["datagramme.toString() !== 'QUI?'", "datagramme.toString().startsWith('SERVICE')"]],
    },
    {
      name: 'sans-adherer',
      idea: 'ne pas rejoindre le groupe',
      rejectedBy: 'trois-reponses',
      edits: [['  socket.addMembership(options.groupe, options.interface)\n', '']],
    },
    {
      name: 'port-d-ecoute',
      idea: 'annoncer le port d’écoute',
      rejectedBy: 'trois-reponses',
      edits: [['${options.service}', '${options.port}']],
    },
  ],
})
