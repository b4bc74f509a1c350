import { type Ctx, defineCheck } from '../../check.ts'

/** What each call needs before it; on the client's side, `connect` stands for `accept`. */
const NEEDS: Readonly<Record<string, string>> = {
  bind: 'socket',
  listen: 'bind',
  accept: 'listen',
  connect: 'socket',
  recv: 'accept',
  send: 'accept',
  close: 'socket',
}

/** The list that the program shows for a side. */
async function calls(c: Ctx, side: 'SERVEUR' | 'CLIENT'): Promise<string[]> {
  const program = await c.launch()
  const { match } = await program.line(new RegExp(`^${side} (.*)$`), 3000)
  await program.ends(0)
  return (match[1] ?? '').trim().split(/[\s,]+/)
}

/** Plays the calls one after the other: each must have what it needs, and nothing works once the socket is closed. */
function follow(c: Ctx, side: string, list: readonly string[], wanted: readonly string[]): void {
  const done = new Set<string>()
  for (const call of list) {
    const needed = side === 'CLIENT' && NEEDS[call] === 'accept' ? 'connect' : NEEDS[call]
    if (done.has('close')) c.fail(`${side} : ${call} vient après close`, 'close en dernier')
    if (needed && !done.has(needed))
      c.fail(`${side} : ${call} échoue, il manque ${needed}`, `${needed} avant ${call}`)
    if (done.has(call)) c.fail(`${side} : ${call} est appelé deux fois`, 'chaque appel une fois')
    done.add(call)
  }
  const missing = wanted.find((call) => !done.has(call))
  if (missing) c.fail(`${side} : il manque ${missing}`, 'un échange complet')
}

const SERVER = ['socket', 'bind', 'listen', 'accept', 'recv', 'send', 'close']
const CLIENT = ['socket', 'connect', 'send', 'recv', 'close']

export default defineCheck({
  exercise: 'EX-8.3-1',
  ready: 'none',
  criteria: [
    {
      id: 'serveur',
      say: 0,
      hint: 1,
      async run(c) {
        const list = await calls(c, 'SERVEUR')
        follow(
          c,
          'SERVEUR',
          list.filter((call) => call !== 'connect'),
          SERVER,
        )
        if (list.indexOf('recv') > list.indexOf('send'))
          c.fail('SERVEUR : send vient avant recv', 'recv, puis send')
      },
    },
    {
      id: 'client',
      say: 1,
      hint: 1,
      async run(c) {
        const list = await calls(c, 'CLIENT')
        follow(
          c,
          'CLIENT',
          list.filter((call) => call !== 'accept'),
          CLIENT,
        )
        if (list.indexOf('send') > list.indexOf('recv'))
          c.fail('CLIENT : recv vient avant send', 'send, puis recv')
      },
    },
    {
      id: 'intrus',
      say: 2,
      hint: 2,
      async run(c) {
        if ((await calls(c, 'SERVEUR')).includes('connect'))
          c.fail('le serveur appelle connect', 'aucun connect de ce côté')
        const list = await calls(c, 'CLIENT')
        for (const call of ['accept', 'listen']) {
          if (list.includes(call)) c.fail(`le client appelle ${call}`, `aucun ${call} de ce côté`)
        }
      },
    },
    {
      id: 'bind-du-client',
      say: 3,
      hint: 1,
      async run(c) {
        const list = await calls(c, 'CLIENT')
        if (list.includes('bind') && list.indexOf('bind') > list.indexOf('connect')) {
          c.fail('le client appelle bind après connect', 'bind avant connect, ou pas de bind')
        }
      },
    },
  ],
  mutants: [
    {
      name: 'listen-avant-bind',
      idea: 'écouter avant d’attacher',
      rejectedBy: 'serveur',
      edits: [["'bind', 'listen'", "'listen', 'bind'"]],
    },
    {
      name: 'connect-du-serveur',
      idea: 'laisser connect au serveur',
      rejectedBy: 'intrus',
      edits: [["'listen', 'accept'", "'listen', 'connect', 'accept'"]],
    },
    {
      name: 'client-sans-fermer',
      idea: 'oublier close',
      rejectedBy: 'client',
      edits: [["'send', 'recv', 'close']\n\nconsole", "'send', 'recv']\n\nconsole"]],
    },
    {
      name: 'bind-tardif',
      idea: 'attacher le client après connect',
      rejectedBy: 'bind-du-client',
      edits: [["'connect', 'send'", "'connect', 'bind', 'send'"]],
    },
  ],
})
