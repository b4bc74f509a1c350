import { defineCheck } from '../../check.ts'

export default defineCheck({
  exercise: 'EX-8.6.4-3',
  ready: 'tcp',
  criteria: [
    {
      id: 'cinquante',
      say: 0,
      async run(c) {
        const crowd = await c.crowd(50, await c.launch(), 'le client')
        const numbers = await Promise.all(
          crowd.map(async (client) => Number((await client.line(/^\d+$/))[0])),
        )
        const missing = Array.from({ length: 50 }, (_, i) => i + 1).filter((n) => !numbers.includes(n))
        if (missing.length > 0)
          c.fail(`il manque ${missing.slice(0, 5).join(', ')}`, 'tous les numéros de 1 à 50')
      },
    },
    {
      id: 'aucun-muet',
      say: 1,
      hint: 2,
      async run(c) {
        const program = await c.launch()
        for (let i = 1; i <= 5; i++) await (await c.connect(program, `le client ${i}`)).gets(`${i}\n`)
        for (const client of await c.crowd(20, program, 'le client')) await client.line(/^\d+$/)
        await (await c.connect(program, 'le client 26')).gets('26\n')
      },
    },
  ],
  mutants: [
    {
      name: 'meme-numero',
      idea: 'donner 1 à tous',
      rejectedBy: 'cinquante',
      edits: [['    numero += 1\n', '']],
    },
    {
      name: 'depuis-zero',
      idea: 'compter depuis 0',
      rejectedBy: 'cinquante',
      edits: [['let numero = 1', 'let numero = 0']],
    },
    {
      name: 'sans-fin-de-ligne',
      idea: 'oublier la fin de ligne',
      rejectedBy: 'cinquante',
      edits: [['`${numero}\\n`', 'String(numero)']],
    },
    {
      name: 'au-hasard',
      idea: 'tirer le numéro au sort',
      rejectedBy: ['cinquante', 'aucun-muet'],
      edits: [['`${numero}\\n`', '`${1 + Math.floor(Math.random() * 50)}\\n`']],
    },
  ],
})
