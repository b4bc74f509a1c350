import { defineCheck } from '../../check.ts'

export default defineCheck({
  exercise: 'EX-8.6.1-3',
  ready: 'tcp',
  criteria: [
    {
      id: 'joignable',
      say: 0,
      hint: 2,
      async run(c) {
        const program = await c.launch({ port: 0 }, { ready: 'none' })
        const port = Number((await program.line(/port\s*:\s*(\d+)$/, 3000)).match[1])
        if (port === 0) c.fail('le programme annonce le port 0', 'le port choisi par le système')
        await (await c.connect(port, 'le client')).gets('BONJOUR\n')
      },
    },
    {
      id: 'deux-instances',
      say: 1,
      hint: 1,
      async run(c) {
        const programs = [await c.launch({ port: 0 }, { ready: 'none' })]
        programs.push(await c.launch({ port: 0 }, { ready: 'none', name: 'la seconde instance' }))
        const ports = new Set<number>()
        for (const program of programs) {
          const port = Number((await program.line(/port\s*:\s*(\d+)$/, 3000)).match[1])
          ports.add(port)
          await (await c.connect(port, 'le client')).gets('BONJOUR\n')
        }
        if (ports.size !== 2) c.fail('les deux instances annoncent le même port', 'deux ports différents')
      },
    },
  ],
  mutants: [
    {
      name: 'demande',
      idea: 'annoncer le port demandé',
      rejectedBy: 'joignable',
      edits: [["port :', serveur.serverPort())", "port :', options.port)"]],
    },
    {
      name: 'fixe',
      idea: 'écouter toujours sur le même port',
      rejectedBy: 'deux-instances',
      edits: [['options.port)) {', 'options.port || 28_641)) {']],
    },
    {
      name: 'au-hasard',
      idea: 'annoncer un port au hasard',
      rejectedBy: 'joignable',
      edits: [["port :', serveur.serverPort())", "port :', serveur.serverPort() - 1)"]],
    },
  ],
})
