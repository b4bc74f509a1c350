import { type Ctx, defineCheck, type Program, type TcpPeer } from '../../check.ts'

/** Clients whose pseudos are known to the server: a message of each has reached all the others. */
async function room(c: Ctx, ...names: string[]): Promise<{ program: Program; clients: TcpPeer[] }> {
  const program = await c.launch()
  const clients: TcpPeer[] = []
  for (const name of names) {
    const client = await c.connect(program, name)
    client.send(`${name}\nsalut\n`)
    for (const other of clients) await other.gets(`${name}: salut\n`)
    clients.push(client)
  }
  return { program, clients }
}

export default defineCheck({
  exercise: 'EX-8.6.6-2',
  ready: 'tcp',
  criteria: [
    {
      id: 'aux-autres',
      say: 0,
      hint: 2,
      async run(c) {
        const { clients } = await room(c, 'Ana', 'Bob', 'Zoé')
        for (const author of clients) {
          author.send('bonjour\n')
          for (const other of clients) if (other !== author) await other.gets(`${author.name}: bonjour\n`)
        }
        await c.absence(60)
        for (const client of clients) client.nothing('personne n’entend ses propres messages')
      },
    },
    {
      id: 'sans-pseudo',
      say: 1,
      async run(c) {
        const { program, clients } = await room(c, 'Ana')
        const [ana] = clients as [TcpPeer]
        const quiet = await c.connect(program, 'le client sans pseudo')
        const left = await c.connect(program, 'un client reparti sans pseudo')
        left.fin()
        await left.getsEnd()
        await c.absence(60)
        ana.nothing('ces clients n’ont pas encore de pseudo')
        quiet.send('Bob\nme voilà\n')
        await ana.gets('Bob: me voilà\n')
      },
    },
    {
      id: 'pseudo-pris',
      say: 2,
      hint: 1,
      async run(c) {
        const { program, clients } = await room(c, 'Ana')
        const [ana] = clients as [TcpPeer]
        const second = await c.connect(program, 'le second')
        second.send('Ana\n')
        await second.gets('ERREUR PSEUDO\n')
        second.send('Anna\nme voilà\n')
        await ana.gets('Anna: me voilà\n')
      },
    },
    {
      id: 'deux-morceaux',
      say: 3,
      async run(c) {
        const { clients } = await room(c, 'Ana', 'Bob')
        const [ana, bob] = clients as [TcpPeer, TcpPeer]
        await bob.trickle('en deux\n', 4)
        await ana.gets('Bob: en deux\n')
        bob.send('suite\n')
        await ana.gets('Bob: suite\n')
      },
    },
    {
      id: 'depart-brutal',
      say: 4,
      hint: 2,
      async run(c) {
        const { program, clients } = await room(c, 'Ana', 'Bob', 'Zoé')
        const [ana, bob, zoe] = clients as [TcpPeer, TcpPeer, TcpPeer]
        zoe.send('avant\n')
        for (const other of [ana, bob]) {
          await other.gets('Zoé: avant\n')
        }
        bob.reset()
        await ana.gets('* Bob est parti\n')
        await zoe.gets('* Bob est parti\n')
        const next = await c.connect(program, 'le nouveau Bob')
        next.send('Bob\nde retour\n')
        await ana.gets('Bob: de retour\n')
      },
    },
  ],
  mutants: [
    {
      name: 'a-soi-aussi',
      idea: 'diffuser à tous, auteur compris',
      rejectedBy: ['aux-autres', 'sans-pseudo'],
      edits: [['if (client !== auteur) client.write', 'if (client || auteur) client.write']],
    },
    {
      name: 'pseudos-doubles',
      idea: 'accepter un pseudo déjà pris',
      rejectedBy: 'pseudo-pris',
      edits: [["  else if ([...pseudos.values()].includes(ligne)) client.write('ERREUR PSEUDO\\n')\n", '']],
    },
    {
      name: 'par-lecture',
      idea: 'croire qu’une lecture est une ligne',
      rejectedBy: ['aux-autres', 'deux-morceaux'],
      edits: [
        [
          'while (client.canReadLine()) entendre(client, fromUtf8(client.readLine()).trimEnd())',
          'entendre(client, fromUtf8(client.readAll()).trimEnd())',
        ],
      ],
    },
    {
      name: 'depart-muet',
      idea: 'n’annoncer aucun départ',
      rejectedBy: 'depart-brutal',
      edits: [['    if (pseudo !== undefined) diffuser(`* ${pseudo} est parti`, client)\n', '']],
    },
    {
      name: 'inconnu-annonce',
      idea: 'annoncer le départ de qui n’a pas de pseudo',
      rejectedBy: 'sans-pseudo',
      edits: [['    if (pseudo !== undefined) diffuser(`*', '    diffuser(`*']],
    },
    {
      name: 'fantome',
      idea: 'garder le pseudo de qui est parti',
      rejectedBy: 'depart-brutal',
      edits: [['    pseudos.delete(client)\n', '']],
    },
  ],
})
