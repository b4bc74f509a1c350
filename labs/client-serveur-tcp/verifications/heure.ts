import { type Ctx, defineCheck, type TcpPeer } from '../../check.ts'

const TIME = /^(\d\d):(\d\d):(\d\d)$/
const DAY = 86_400

/** The next line must be the hour of this machine, two seconds more or less. */
async function tells(c: Ctx, client: TcpPeer): Promise<void> {
  const [told, hours, minutes, seconds] = await client.line(TIME)
  const now = new Date()
  const here = now.getHours() * 3600 + now.getMinutes() * 60 + now.getSeconds()
  const gap = Math.abs(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) - here)
  if (Math.min(gap, DAY - gap) > 2) {
    c.fail(
      `le serveur dit ${told}, il est ${now.toTimeString().slice(0, 8)}`,
      'l’heure, à deux secondes près',
    )
  }
}

export default defineCheck({
  exercise: 'EX-8.6.4-1',
  ready: 'tcp',
  criteria: [
    {
      id: 'heure',
      say: 0,
      hint: 2,
      async run(c) {
        await tells(c, await c.connect(await c.launch(), 'le client'))
      },
    },
    {
      id: 'fermeture',
      say: 1,
      async run(c) {
        const client = await c.connect(await c.launch(), 'le client')
        await tells(c, client)
        await client.getsEnd()
      },
    },
    {
      id: 'dix-clients',
      say: 2,
      async run(c) {
        const program = await c.launch()
        for (let i = 1; i <= 10; i++) {
          const client = await c.connect(program, `le client ${i}`)
          await tells(c, client)
          await client.getsEnd()
          client.fin()
        }
      },
    },
    {
      id: 'bavard',
      say: 3,
      hint: 1,
      async run(c) {
        const program = await c.launch()
        const talker = await c.connect(program, 'le client qui parle d’abord')
        talker.send('Quelle heure est-il ?\n')
        await tells(c, talker)
        await talker.getsEnd(1000, { reset: true })
        // It never closes: its bytes must be thrown back.
        for (let i = 0; i < 50 && !talker.wasReset; i++) {
          talker.send('encore')
          await c.absence(20)
        }
        if (!talker.wasReset) c.fail('le socket de ce client est resté ouvert', 'une fermeture complète')
        await tells(c, await c.connect(program, 'le client suivant'))
      },
    },
  ],
  mutants: [
    {
      name: 'date-entiere',
      idea: 'donner la date entière',
      rejectedBy: 'heure',
      edits: [['.toTimeString().slice(0, 8)', '.toISOString()']],
    },
    {
      name: 'abort',
      idea: 'raccrocher par abort()',
      rejectedBy: ['heure', 'fermeture'],
      edits: [['disconnectFromHost()', 'abort()']],
    },
    {
      name: 'sans-fermer',
      idea: 'garder la connexion',
      rejectedBy: 'fermeture',
      edits: [['    arrive.disconnectFromHost()\n', '']],
    },
    {
      name: 'attend-le-client',
      idea: 'attendre que le client ferme',
      rejectedBy: 'fermeture',
      edits: [
        [
          '    arrive.disconnectFromHost()\n',
          '    arrive.readyRead.connect(() => arrive.disconnectFromHost())\n',
        ],
      ],
    },
  ],
})
