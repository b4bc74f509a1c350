import { type Ctx, defineCheck, type Program, type UdpPeer } from '../../check.ts'

async function start(c: Ctx): Promise<{ program: Program; server: UdpPeer }> {
  const server = await c.udp('le serveur')
  return { server, program: await c.launch({ port: server.port, message: 'ça va ?' }) }
}

/** The next try, as it was sent; answered by nobody. */
async function hears(server: UdpPeer, attempt: number): Promise<number> {
  return (await server.gets(`${attempt}:ça va ?`, 3000)).port
}

async function shows(c: Ctx, program: Program, text: string): Promise<void> {
  await program.ends(0)
  const shown = program.lines.filter((line) => line.text.includes(text)).length
  if (shown !== 1) c.fail(`« ${text} » s’affiche ${shown} fois`, 'une fois')
}

export default defineCheck({
  exercise: 'EX-8.4.1-3',
  ready: 'none',
  criteria: [
    {
      id: 'deuxieme-essai',
      say: 0,
      hint: 2,
      tempo: 500,
      async run(c) {
        const { program, server } = await start(c)
        await hears(server, 1)
        const port = await hears(server, 2)
        await server.send('2:très bien', { port })
        await shows(c, program, 'très bien')
        server.nothing('une réponse est venue au deuxième essai')
      },
    },
    {
      id: 'autre-port',
      say: 1,
      tempo: 500,
      async run(c) {
        const { program, server } = await start(c)
        const stranger = await c.udp('un inconnu')
        const port = await hears(server, 1)
        await stranger.send('1:je mens', { port })
        await hears(server, 2)
        await server.send('2:vrai', { port })
        await shows(c, program, 'vrai')
      },
    },
    {
      id: 'autre-adresse',
      say: 1,
      tempo: 500,
      only: 'linux',
      async run(c) {
        const { program, server } = await start(c)
        const stranger = await c.udp('un inconnu de 127.0.0.2', { bind: '127.0.0.2', port: server.port })
        const port = await hears(server, 1)
        await stranger.send('1:je mens', { port })
        await hears(server, 2)
        await server.send('2:vrai', { port })
        await shows(c, program, 'vrai')
      },
    },
    {
      id: 'tardive',
      say: 2,
      tempo: 500,
      async run(c) {
        const { program, server } = await start(c)
        await hears(server, 1)
        const port = await hears(server, 2)
        await server.send('1:trop tard', { port })
        await hears(server, 3)
        await server.send('3:à temps', { port })
        await shows(c, program, 'à temps')
      },
    },
    {
      id: 'silence',
      say: 3,
      hint: 2,
      async run(c) {
        const { program, server } = await start(c)
        await hears(server, 1)
        const from = server.received[0]?.at ?? 0
        await hears(server, 2)
        await hears(server, 3)
        await program.ends(1)
        c.between(1400, 2000, from, performance.now(), 'l’attente, du premier envoi à la fin,')
        server.nothing('trois essais en tout')
      },
    },
  ],
  mutants: [
    {
      name: 'credule',
      idea: 'croire qui que ce soit',
      rejectedBy: 'autre-port',
      edits: [['!estDuDestinataire || ', 'estDuDestinataire === undefined || ']],
    },
    {
      name: 'port-seul',
      idea: 'ne comparer que le port',
      rejectedBy: 'autre-adresse',
      edits: [['recu.senderAddress().equals(destinataire) && ', '']],
    },
    {
      name: 'tardive',
      idea: 'ne pas lire le numéro d’essai',
      rejectedBy: 'tardive',
      edits: [['!texte.startsWith(prefixe)', "!texte.includes(':')"]],
    },
    {
      name: 'deux-essais',
      idea: 'compter un essai de moins',
      rejectedBy: ['tardive', 'silence'],
      edits: [['essai < 3', 'essai < 2']],
    },
    {
      name: 'muet',
      idea: 'ne pas afficher le texte',
      rejectedBy: 'deuxieme-essai',
      edits: [['    console.log(texte.slice(prefixe.length))\n', '']],
    },
  ],
})
