import { defineCheck } from '../../check.ts'

export default defineCheck({
  exercise: 'EX-8.1-3',
  ready: 'tcp',
  criteria: [
    {
      id: 'tcp',
      say: 0,
      async run(c) {
        const client = await c.connect(await c.launch(), 'le client')
        await client.line(/^TCP$/)
        await client.getsEnd()
      },
    },
    {
      id: 'udp',
      say: 1,
      async run(c) {
        const program = await c.launch({}, { ready: 'udp' })
        const asker = await c.udp('l’émetteur associé', { to: program })
        await asker.send('qui est là ?')
        await asker.gets('UDP')
      },
    },
    {
      id: 'cinq-et-cinq',
      say: 2,
      async run(c) {
        const program = await c.launch({}, { ready: 'udp' })
        const askers = await Promise.all(
          [1, 2, 3, 4, 5].map((n) => c.udp(`l’émetteur ${n}`, { to: program })),
        )
        const clients = await c.crowd(5, program, 'le client')
        for (const asker of askers) await asker.send('?')
        for (const client of clients) {
          await client.line(/^TCP$/)
          await client.getsEnd()
        }
        for (const asker of askers) {
          await asker.gets('UDP')
          asker.nothing('une réponse par datagramme')
        }
      },
    },
    {
      id: 'deuxieme-instance',
      say: 3,
      async run(c) {
        const program = await c.launch({}, { ready: 'udp' })
        const second = await c.launch({ port: program.port }, { ready: 'none', name: 'la deuxième instance' })
        await second.ends(null)
        if (!second.lines.some(({ text }) => text.includes(String(program.port)))) {
          const said = second.lines.map(({ text }) => text).join(' / ')
          c.fail(`la deuxième instance a dit « ${said} »`, `un message qui nomme le port ${program.port}`)
        }
        const client = await c.connect(program, 'le client de la première')
        await client.line(/^TCP$/)
        const asker = await c.udp('l’émetteur', { to: program })
        await asker.send('?')
        await asker.gets('UDP')
      },
    },
  ],
  mutants: [
    {
      name: 'sans-fermer',
      idea: 'garder la connexion TCP',
      rejectedBy: 'tcp',
      edits: [["client.end('TCP\\n')", "client.write('TCP\\n')"]],
    },
    {
      name: 'autre-socket',
      idea: 'répondre en UDP par un autre socket',
      rejectedBy: 'udp',
      edits: [["    udp.send('UDP'", "    createSocket('udp4').send('UDP'"]],
    },
    {
      name: 'une-fois',
      idea: 'ne répondre qu’une fois en UDP',
      rejectedBy: 'cinq-et-cinq',
      edits: [["udp.on('message'", "udp.once('message'"]],
    },
    {
      name: 'sans-port',
      idea: 'échouer sans nommer le port',
      rejectedBy: 'deuxieme-instance',
      edits: [
        ['  console.error(phrase(erreur.code, options.port))\n', "  console.error('Échec :', erreur.code)\n"],
      ],
    },
  ],
})
