import { type Ctx, defineCheck, type Program, type UdpPeer } from '../../check.ts'

const RECEIVED = /^RECU /

interface Play {
  program: Program
  sender: UdpPeer
  port: number
  group: string
}

async function start(c: Ctx): Promise<Play> {
  const port = await c.freePort()
  const program = await c.launch({ port })
  return { program, port, sender: await c.udp('l’émetteur', { multicast: true }), group: c.group() }
}

async function order({ program }: Play, line: string, answer: string): Promise<void> {
  program.type(line)
  await program.line(new RegExp(`^${answer}$`), 3000)
}

/** Sends `size` bytes to a group. */
async function send({ sender, port }: Play, group: string, size: number): Promise<void> {
  await sender.send('x'.repeat(size), { port, address: group })
}

export default defineCheck({
  exercise: 'EX-8.4.2-3',
  ready: 'none',
  criteria: [
    {
      id: 'avant-pendant-apres',
      say: 0,
      only: 'linux',
      async run(c) {
        const play = await start(c)
        await send(play, play.group, 1)
        await order(play, `REJOINDRE ${play.group}`, `REJOINT ${play.group}`)
        await send(play, play.group, 2)
        await play.program.prints([`RECU ${play.group} 2`], RECEIVED)
        await order(play, `QUITTER ${play.group}`, `QUITTE ${play.group}`)
        await send(play, play.group, 3)
        await order(play, `REJOINDRE ${play.group}`, `REJOINT ${play.group}`)
        await send(play, play.group, 4)
        await play.program.prints([`RECU ${play.group} 4`], RECEIVED)
        play.program.type('FIN')
        await play.program.ends(0)
      },
    },
    {
      id: 'deux-groupes',
      say: 1,
      hint: 1,
      only: 'linux',
      async run(c) {
        const play = await start(c)
        const other = play.group.replace(/^239\.255/, '239.254')
        for (const group of [play.group, other]) await order(play, `REJOINDRE ${group}`, `REJOINT ${group}`)
        await send(play, other, 5)
        await play.program.prints([`RECU ${other} 5`], RECEIVED)
        await send(play, play.group, 6)
        await play.program.prints([`RECU ${play.group} 6`], RECEIVED)
        await order(play, `QUITTER ${other}`, `QUITTE ${other}`)
        await send(play, other, 7)
        await send(play, play.group, 8)
        await play.program.prints([`RECU ${play.group} 8`], RECEIVED)
      },
    },
    {
      id: 'pas-un-groupe',
      say: 2,
      hint: 2,
      only: 'linux',
      async run(c) {
        const play = await start(c)
        await order(play, 'REJOINDRE 192.168.1.1', 'ERREUR.*')
        await order(play, `REJOINDRE ${play.group}`, `REJOINT ${play.group}`)
        await send(play, play.group, 2)
        await play.program.prints([`RECU ${play.group} 2`], RECEIVED)
      },
    },
    {
      id: 'deux-fois',
      say: 3,
      hint: 2,
      only: 'linux',
      async run(c) {
        const play = await start(c)
        await order(play, `REJOINDRE ${play.group}`, `REJOINT ${play.group}`)
        play.program.type(`REJOINDRE ${play.group}`)
        await c.absence(300)
        for (const size of [2, 3]) {
          await send(play, play.group, size)
          await play.program.prints([`RECU ${play.group} ${size}`], RECEIVED)
        }
        await c.absence()
        play.program.mustLive('une double adhésion')
        const shown = play.program.lines.filter(({ text }) => RECEIVED.test(text)).length
        if (shown !== 2) c.fail(`deux datagrammes donnent ${shown} lignes`, 'une ligne par datagramme')
      },
    },
  ],
  mutants: [
    {
      name: 'sans-adherer',
      idea: 's’attacher au groupe sans le rejoindre',
      rejectedBy: 'avant-pendant-apres',
      edits: [['      socket.addMembership(groupe, options.interface)\n', '']],
    },
    {
      name: 'jamais-quitte',
      idea: 'ne pas fermer le socket du groupe quitté',
      rejectedBy: ['avant-pendant-apres', 'deux-groupes'],
      edits: [['  groupes.get(groupe)?.close()\n', '']],
    },
    {
      name: 'tous-les-groupes',
      idea: 'attacher chaque socket à toutes les adresses',
      rejectedBy: 'deux-groupes',
      edits: [['socket.bind(options.port, groupe, ', 'socket.bind(options.port, ']],
    },
    {
      name: 'double',
      idea: 'un socket de plus à la deuxième adhésion',
      rejectedBy: 'deux-fois',
      edits: [['  if (groupes.has(groupe)) {', "  if (groupes.has('')) {"]],
    },
    {
      name: 'adresse-libre',
      idea: 'confirmer n’importe quelle adresse',
      rejectedBy: 'pas-un-groupe',
      edits: [["console.log('ERREUR', groupe, \"n'est pas un groupe\")", "console.log('REJOINT', groupe)"]],
    },
  ],
})
