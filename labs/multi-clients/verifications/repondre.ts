import { defineCheck } from '../../check.ts'

export default defineCheck({
  exercise: 'EX-8.6.6-1',
  ready: 'tcp',
  criteria: [
    {
      id: 'a-seul',
      say: 0,
      async run(c) {
        const program = await c.launch()
        const a = await c.connect(program, 'A')
        const b = await c.connect(program, 'B')
        a.send('bonjour\n')
        await a.gets('RECU bonjour\n')
        b.send('à moi\n')
        await b.gets('RECU à moi\n')
        a.send('fin\n')
        await a.gets('RECU fin\n')
      },
    },
    {
      id: 'compte',
      say: 1,
      hint: 1,
      async run(c) {
        const program = await c.launch()
        const [a] = await c.crowd(3, program, 'le client')
        // All three have been accepted once each was answered.
        await c.until(() => false, 50)
        a!.send('?\n')
        await a!.gets('CLIENTS 3\n')
      },
    },
    {
      id: 'departs',
      say: 2,
      hint: 2,
      async run(c) {
        const program = await c.launch()
        const clients = await c.crowd(3, program, 'le client')
        for (const client of clients) {
          client.send('présent\n')
          await client.gets('RECU présent\n')
        }
        const [a, b, d] = clients
        b!.fin()
        await b!.getsEnd()
        a!.send('?\n')
        await a!.gets('CLIENTS 2\n')
        d!.reset()
        await c.absence(100)
        a!.send('?\n')
        await a!.gets('CLIENTS 1\n')
      },
    },
    {
      id: 'collees',
      say: 3,
      hint: 1,
      async run(c) {
        const client = await c.connect(await c.launch(), 'le client')
        client.send('un\ndeux\n')
        await client.gets('RECU un\nRECU deux\n')
        await client.trickle('trois\n', 2)
        await client.gets('RECU trois\n')
      },
    },
  ],
  mutants: [
    {
      name: 'a-tous',
      idea: 'répondre à tout le monde',
      rejectedBy: 'a-seul',
      edits: [['      client.write(', '      for (const autre of clients) autre.write(']],
    },
    {
      name: 'partis-comptes',
      idea: 'compter ceux qui sont partis',
      rejectedBy: 'departs',
      edits: [['    clients.delete(client)\n', '']],
    },
    {
      name: 'une-par-lecture',
      idea: 'une ligne par lecture',
      rejectedBy: 'collees',
      edits: [['while (client.canReadLine())', 'if (client.canReadLine())']],
    },
    {
      name: 'compte-faux',
      idea: 'ne pas se compter soi-même',
      rejectedBy: 'compte',
      edits: [['CLIENTS ${clients.size}', 'CLIENTS ${clients.size - 1}']],
    },
  ],
})
