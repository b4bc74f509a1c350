import { defineCheck } from '../../check.ts'

export default defineCheck({
  exercise: 'EX-8.6.7-0',
  ready: 'tcp',
  criteria: [
    {
      id: 'premier-accueilli',
      say: 0,
      hint: 2,
      async run(c) {
        const first = await c.connect(await c.launch(), 'le premier client')
        await first.gets('BIENVENUE\n')
        first.send('bonjour')
        await first.gets('bonjour')
      },
    },
    {
      id: 'second-refuse',
      say: 1,
      hint: 1,
      async run(c) {
        const program = await c.launch()
        await (await c.connect(program, 'le premier client')).gets('BIENVENUE\n')
        const second = await c.connect(program, 'le second client')
        await second.gets('OCCUPÉ\n', 3000)
        await second.getsEnd()
      },
    },
    {
      id: 'premier-servi',
      say: 2,
      hint: 0,
      async run(c) {
        const program = await c.launch()
        const first = await c.connect(program, 'le premier client')
        await first.gets('BIENVENUE\n')
        await c.connect(program, 'le second client')
        for (let i = 0; i < 5; i++) {
          await c.within(300, 'l’écho du premier client, pendant un refus,', async () => {
            first.send(`ping ${i}`)
            await first.gets(`ping ${i}`, 3000)
          })
          await c.absence(20)
        }
      },
    },
    {
      id: 'place-rendue',
      say: 3,
      hint: 2,
      async run(c) {
        const program = await c.launch()
        const first = await c.connect(program, 'le premier client')
        await first.gets('BIENVENUE\n')
        const second = await c.connect(program, 'le second client')
        await second.gets('OCCUPÉ\n', 3000)
        first.fin()
        await first.getsEnd()
        const third = await c.connect(program, 'le client suivant')
        await third.gets('BIENVENUE\n')
      },
    },
  ],
  mutants: [
    {
      name: 'attente',
      idea: 'garder l’attente',
      rejectedBy: ['premier-servi'],
      edits: [
        [
          'nouveau.disconnectFromHost()\n',
          'nouveau.disconnectFromHost()\n    setTimeout(() => { const fin = Date.now() + 2000; while (Date.now() < fin); }, 1)\n',
        ],
      ],
    },
    {
      name: 'coupure',
      idea: 'garder la coupure brutale',
      rejectedBy: 'second-refuse',
      edits: [['nouveau.disconnectFromHost()', 'nouveau.abort()']],
    },
    {
      name: 'ordre',
      idea: 'raccrocher avant d’écrire',
      rejectedBy: 'second-refuse',
      edits: [
        ["    nouveau.write('OCCUPÉ\\n')\n", ''],
        ['nouveau.disconnectFromHost()\n', "nouveau.disconnectFromHost()\n    nouveau.write('OCCUPÉ\\n')\n"],
      ],
    },
  ],
})
