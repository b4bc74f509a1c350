import { type Ctx, defineCheck, type Program, type UdpPeer } from '../../check.ts'

async function start(c: Ctx): Promise<{ program: Program; asker: UdpPeer; sensor: UdpPeer }> {
  const program = await c.launch()
  const asker = await c.udp('celui qui demande', { to: program })
  return { program, asker, sensor: await c.udp('le capteur', { to: program }) }
}

/** Asks `ETAT`: the answer must be these lines; one end of line more is fine. */
async function state(c: Ctx, asker: UdpPeer, lines: readonly string[]): Promise<void> {
  await asker.send('ETAT')
  const { data } = await asker.next()
  const told = new TextDecoder().decode(data).replace(/\n$/, '')
  const wanted = lines.join('\n')
  if (told !== wanted) c.fail(`ETAT a répondu « ${oneLine(told)} »`, `« ${oneLine(wanted)} »`)
}

const oneLine = (text: string) => text.replaceAll('\n', '\\n')

export default defineCheck({
  exercise: 'EX-8.5.1-4',
  ready: 'udp',
  criteria: [
    {
      id: 'dernieres-valeurs',
      say: 0,
      async run(c) {
        const { asker, sensor } = await start(c)
        for (const message of ['nord;12', 'sud;-3', 'est;0.5', 'nord;13', 'est;1', 'sud;4'])
          await sensor.send(message)
        await state(c, asker, ['est=1', 'nord=13', 'sud=4', 'rejets=0'])
      },
    },
    {
      id: 'rejets',
      say: 1,
      hint: 2,
      async run(c) {
        const { asker, sensor } = await start(c)
        await sensor.send('a;1')
        for (const message of ['sans point-virgule', ';5', 'a;douze', '']) await sensor.send(message)
        await state(c, asker, ['a=1', 'rejets=4'])
      },
    },
    {
      id: 'perime',
      say: 2,
      hint: 1,
      tempo: 400,
      async run(c) {
        const { asker, sensor } = await start(c)
        await sensor.send('a;1')
        await c.pause(1300)
        await sensor.send('b;2')
        await state(c, asker, ['a=1', 'b=2', 'rejets=0'])
        await c.pause(1000)
        await state(c, asker, ['a=PERIME', 'b=2', 'rejets=0'])
        await sensor.send('a;3')
        await state(c, asker, ['a=3', 'b=2', 'rejets=0'])
      },
    },
    {
      id: 'rafale',
      say: 3,
      async run(c) {
        const { asker, sensor } = await start(c)
        const names = Array.from({ length: 80 }, (_, i) => `c${String(i).padStart(2, '0')}`)
        await Promise.all(names.map((name, i) => sensor.send(`${name};${i}`)))
        await state(c, asker, [...names.map((name, i) => `${name}=${i}`), 'rejets=0'])
      },
    },
    {
      id: 'accents',
      say: 4,
      async run(c) {
        const { asker, sensor } = await start(c)
        await sensor.send('fenêtre;1')
        await state(c, asker, ['fenêtre=1', 'rejets=0'])
      },
    },
  ],
  mutants: [
    {
      name: 'sans-tri',
      idea: 'laisser l’ordre d’arrivée',
      rejectedBy: 'dernieres-valeurs',
      edits: [['.keys()].sort()', '.keys()]']],
    },
    {
      name: 'tout-accepte',
      idea: 'accepter une valeur qui n’est pas un nombre',
      rejectedBy: 'rejets',
      edits: [[' || Number.isNaN(Number(valeur))', '']],
    },
    {
      name: 'jamais-perime',
      idea: 'oublier la péremption',
      rejectedBy: 'perime',
      edits: [['const PEREMPTION = 2000', 'const PEREMPTION = 1e9']],
    },
    {
      name: 'cinquante-places',
      idea: 'ne prévoir que cinquante capteurs',
      rejectedBy: 'rafale',
      edits: [['  else mesures.set(', '  else if (mesures.size < 50) mesures.set(']],
    },
    {
      name: 'latin1',
      idea: 'décoder en Latin-1',
      rejectedBy: 'accents',
      edits: [['fromUtf8(data)', "data.toString('latin1')"]],
    },
  ],
})
