import { type Ctx, defineCheck, type Program, type TcpPeer } from '../../check.ts'

async function start(c: Ctx, message: string): Promise<{ program: Program; server: TcpPeer }> {
  const listener = await c.listen('le serveur')
  const program = await c.launch({ port: listener.port, message })
  return { program, server: await listener.next() }
}

/** What it shows, in one go or not, must hold this text once. */
async function shows(c: Ctx, program: Program, text: string): Promise<void> {
  await program.exit()
  const shown = program.lines.map((line) => line.text).join('\n')
  if (!shown.includes(text)) c.fail(`le programme a affiché « ${shown} »`, `« ${text} »`)
}

export default defineCheck({
  exercise: 'EX-8.6.3-2',
  ready: 'none',
  criteria: [
    {
      id: 'utf8',
      say: 0,
      async run(c) {
        const { server } = await start(c, 'été 5 €')
        await server.gets('été 5 €', 3000)
      },
    },
    {
      id: 'emoji',
      say: 1,
      async run(c) {
        const { server } = await start(c, 'oui 😀 !')
        await server.gets('oui 😀 !', 3000)
      },
    },
    {
      id: 'coupee',
      say: 2,
      hint: 1,
      async run(c) {
        const { program, server } = await start(c, 'prix ?')
        await server.gets('prix ?', 3000)
        await server.trickle('à 5 € 😀')
        server.fin()
        await shows(c, program, 'à 5 € 😀')
      },
    },
  ],
  mutants: [
    {
      name: 'latin1',
      idea: 'envoyer en Latin-1',
      rejectedBy: 'utf8',
      edits: [
        ['socket.write(toUtf8(options.message))', "socket.write(Buffer.from(options.message, 'latin1'))"],
      ],
    },
    {
      name: 'sans-emoji',
      idea: 'n’envoyer que des caractères de deux octets',
      rejectedBy: 'emoji',
      edits: [['toUtf8(options.message)', "toUtf8(options.message.replace(/[\\ud800-\\udfff]+/g, '?'))"]],
    },
    {
      name: 'par-morceau',
      idea: 'décoder chaque morceau',
      rejectedBy: 'coupee',
      edits: [
        ['morceaux.push(socket.readAll())', 'process.stdout.write(fromUtf8(socket.readAll()))'],
        ['  console.log(fromUtf8(Buffer.concat(morceaux)))\n', ''],
      ],
    },
  ],
})
