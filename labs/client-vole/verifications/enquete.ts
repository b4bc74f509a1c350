import { type Ctx, defineCheck, type Program, type TcpPeer } from '../../check.ts'

const ANSWER = 'Message reçu sur le serveur : '
const LEFT = /^Client déconnecté$/

async function both(c: Ctx): Promise<{ program: Program; a: TcpPeer; b: TcpPeer }> {
  const program = await c.launch()
  const a = await c.connect(program, 'A')
  a.send('un de A')
  await a.gets(`${ANSWER}un de A`)
  return { program, a, b: await c.connect(program, 'B') }
}

export default defineCheck({
  exercise: 'EX-8.6.5-1',
  ready: 'tcp',
  criteria: [
    {
      id: 'reponse-chez-a',
      say: 0,
      hint: 2,
      async run(c) {
        const { a, b } = await both(c)
        a.send('deux de A')
        await a.gets(`${ANSWER}deux de A`)
        b.send('un de B')
        await b.gets(`${ANSWER}un de B`)
      },
    },
    {
      id: 'depart-de-a',
      say: 1,
      hint: 2,
      async run(c) {
        const { program, a, b } = await both(c)
        a.fin()
        await a.getsEnd()
        await program.line(LEFT)
        b.send('toujours là')
        await b.gets(`${ANSWER}toujours là`)
      },
    },
    {
      id: 'une-ligne-par-depart',
      say: 2,
      hint: 1,
      async run(c) {
        const { program, a, b } = await both(c)
        a.fin()
        await program.line(LEFT)
        b.reset()
        await program.line(LEFT)
        const next = await c.connect(program, 'C')
        next.send('dernier')
        await next.gets(`${ANSWER}dernier`)
        next.fin()
        await program.line(LEFT)
        await c.absence()
        const left = program.lines.filter(({ text }) => LEFT.test(text)).length
        if (left !== 3) c.fail(`« Client déconnecté » s’affiche ${left} fois pour 3 départs`, '3 fois')
      },
    },
    {
      id: 'pas-d-erreur',
      say: 3,
      hint: 1,
      async run(c) {
        const { program, a } = await both(c)
        a.fin()
        await program.line(LEFT)
        await c.absence()
        const error = program.lines.find(({ text }) => /erreur/i.test(text))
        if (error)
          c.fail(
            `au départ de A, le programme affiche « ${error.text} »`,
            'aucune erreur : un départ est ordinaire',
          )
      },
    },
  ],
  mutants: [
    {
      name: 'attribut',
      idea: 'garder un attribut pour tous',
      rejectedBy: 'reponse-chez-a',
      edits: [
        [
          'serveur.newConnection',
          'let client: ReturnType<typeof serveur.nextPendingConnection> = null\nserveur.newConnection',
        ],
        ['  const client = serveur', '  client = serveur'],
        ['fromUtf8(client.readAll())', 'fromUtf8(client?.readAll() ?? Buffer.alloc(0))'],
        ['    client.write(', '    client?.write('],
      ],
    },
    {
      name: 'erreur-affichee',
      idea: 'garder la ligne ③',
      rejectedBy: 'pas-d-erreur',
      edits: [
        [
          '  client.disconnected',
          "  client.errorOccurred.connect(() => console.log('Erreur client :', client.errorString()))\n  client.disconnected",
        ],
      ],
    },
    {
      name: 'sourd',
      idea: 'garder disconnect(), à la ligne ④',
      rejectedBy: ['depart-de-a', 'une-ligne-par-depart'],
      edits: [
        [
          '  client.disconnected',
          '  client.errorOccurred.connect(() => client.disconnect())\n  client.disconnected',
        ],
      ],
    },
    {
      name: 'deux-lignes',
      idea: 'annoncer deux fois un départ',
      rejectedBy: 'une-ligne-par-depart',
      edits: [
        [
          '  client.disconnected',
          "  client.disconnected.connect(() => console.log('Client déconnecté'))\n  client.disconnected",
        ],
      ],
    },
  ],
})
