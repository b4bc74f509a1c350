/** The traps that a judge can fall into: each is set with a real program, and must not catch it. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { Here } from '../../judge/here.ts'
import { Output } from '../../judge/output.ts'
import { play } from '../../judge/play.ts'
import { generator } from '../../judge/random.ts'
import { Witness } from '../../judge/witness.ts'
import type { Exercise } from '../../labs/activities.ts'
import type { Criterion, CriterionResult, Ctx, Ready, Report } from '../../labs/check.ts'
import { ROOT } from '../../scripts/build.ts'

const witness = await Witness.start(new Here())
const folder = mkdtempSync(join(tmpdir(), 'juge-'))
after(async () => {
  rmSync(folder, { recursive: true, force: true })
  await witness.stop()
})

const linux = { skip: process.platform === 'linux' ? false : 'seul Linux dit tout d’un programme' }
const exercise: Exercise = {
  id: 'EX-0',
  title: 'Piège',
  level: 1,
  statement: '',
  criteria: ['Le critère.'],
  hints: ['un', 'deux', 'trois'],
  file: '',
  command: '',
}

let programs = 0
/** A program of these lines; `port` is the one it was given. */
function script(code: string): string[] {
  const file = join(folder, `programme-${++programs}.mjs`)
  const port = "const port = Number(/--port=(\\d+)/.exec(process.argv.join(' '))?.[1])\n"
  writeFileSync(file, `import net from 'node:net'\n${port}${code}\n`)
  return [process.execPath, file]
}

async function judge(
  words: readonly string[],
  run: (c: Ctx) => Promise<void>,
  { ready = 'tcp', ...more }: { ready?: Ready } & Partial<Criterion> = {},
): Promise<{ report: Report; result: CriterionResult }> {
  const check = { exercise: 'EX-0', ready, criteria: [{ id: 'un', say: 0, run, ...more }], mutants: [] }
  const report = await play(check, exercise, { words, cwd: folder, env: process.env }, witness, { seed: 1 })
  return { report, result: report.criteria[0]! }
}

const ECHO = 'net.createServer((c) => c.pipe(c).on("error", () => {})).listen(port, "127.0.0.1")'
const launch = async (c: Ctx) => {
  await c.launch()
}

/** Keeps a program to one processor, which others may have to share with it. */
const PINNED = ['taskset', '-c', '0']

/** Keeps the judge from doing anything, as a busy machine does. */
function block(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end);
}

async function isGone(pid: number): Promise<boolean> {
  for (let i = 0; i < 200; i++) {
    const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'latin1') : ''
    if (stat === '' || / Z /.test(stat)) return true
    await delay(50)
  }
  return false
}

describe('time', () => {
  test('a judge kept from answering in time proves nothing', async () => {
    const { result } = await judge(
      script(ECHO),
      async (c) => {
        await c.launch()
        block(300)
        await c.absence(20)
        c.fail('trop tard', 'à temps')
      },
      { tempo: 200 },
    )
    assert.equal(result.verdict, 'unsure')
    assert.equal(result.tries, 3)
  })

  test('a lower bound that the judge missed is no failure', async () => {
    const { result } = await judge(script(ECHO), async (c) => {
      await c.launch()
      const from = performance.now()
      block(300)
      await c.absence(20)
      c.between(400, 500, from, performance.now(), 'l’attente')
    })
    assert.equal(result.verdict, 'unsure')
  })

  test('a bound clearly missed is one', async () => {
    const { result } = await judge(script(ECHO), async (c) => {
      await c.launch()
      const from = performance.now()
      await c.pause(60)
      c.between(5000, 6000, from, performance.now(), 'l’attente')
    })
    assert.equal(result.verdict, 'ko')
    assert.equal(result.tries, 1, 'a failure is never played again')
  })

  test('a program kept from its processor by others is not to blame', linux, async () => {
    const [file = '', ...args] = [...PINNED, process.execPath, '-e', 'for (;;);']
    // Each in a session of its own: the kernel shares a processor between sessions first.
    const greedy = Array.from({ length: 4 }, () => spawn(file, args, { detached: true }))
    const works = `console.log('début')
      const spent = (since) => { const { user, system } = process.cpuUsage(since); return user + system }
      const start = process.cpuUsage()
      while (spent(start) < 200_000);
      console.log('fin')
      setTimeout(() => {}, 60_000)`
    try {
      const { result } = await judge(
        [...PINNED, ...script(works)],
        async (c) => {
          const program = await c.launch()
          const { at } = await program.line(/^début$/)
          const end = await program.line(/^fin$/, 8000)
          c.between(0, 400, at, end.at, 'le travail')
        },
        { ready: 'none' },
      )
      assert.match(result.observed!, /à attendre un processeur/)
      assert.equal(result.verdict, 'unsure')
    } finally {
      for (const child of greedy) child.kill('SIGKILL')
    }
  })

  test('a program that fills the processor cannot pass for a slow machine', linux, async () => {
    const spin =
      'setTimeout(function spin() { const end = Date.now() + 900; while (Date.now() < end); setTimeout(spin, 50) }, 300)'
    const { result } = await judge(script(`${ECHO}\n${spin}`), async (c) => {
      const client = await c.connect(await c.launch(), 'le client')
      for (let i = 0; i < 12; i++) {
        await c.within(200, 'l’écho', async () => {
          client.send('a')
          await client.gets('a', 20_000)
        })
        await c.pause(150)
      }
    })
    assert.equal(result.verdict, 'ko', result.observed ?? '')
  })
})

describe('what is exact', () => {
  const TALKER = 'net.createServer((c) => c.end("OCCUPÉ\\nencore")).listen(port, "127.0.0.1")'

  test('a prefix does not hide what comes after it', async () => {
    const { result } = await judge(script(TALKER), async (c) => {
      const client = await c.connect(await c.launch(), 'le client')
      await client.gets('OCCUPÉ\n')
      await client.getsEnd()
    })
    assert.equal(result.verdict, 'ko')
    assert.match(result.observed ?? '', /encore/)
    assert.match(result.exchange?.join('\n') ?? '', /OCCUPÉ/)
    assert.equal(result.hint, 'un')
  })

  test('the same seed draws the same numbers, another one others', () => {
    const draw = (seed: number) => Array.from({ length: 5 }, generator(seed))
    assert.deepEqual(draw(3), draw(3))
    assert.notDeepEqual(draw(3), draw(4))
  })

  test('sequences cut at every byte are no part of a line', () => {
    const forged = '\x1b]7717;{"v":1}\x07Réussi\x1b[32m !\x1b[0m\n'
    const bytes = Buffer.from(forged)
    for (let cut = 1; cut < bytes.length; cut++) {
      const output = new Output()
      output.add('out', bytes.subarray(0, cut))
      output.add('out', bytes.subarray(cut))
      assert.deepEqual(
        output.lines.map(({ text }) => text),
        ['Réussi !'],
      )
    }
  })
})

describe('a program that cannot be judged', () => {
  const CASES: [what: string, code: string, trouble: string, text: RegExp][] = [
    ['never opens its port', 'setInterval(() => {}, 1000)', 'never-ready', /aucun port TCP/],
    ['has a syntax error', 'function (', 'syntax', /faute de syntaxe/],
    [
      'says « port » without opening it',
      'console.log("Le port est déjà pris, port : " + port); process.exit(3)',
      'ended',
      /code 3/,
    ],
    ['crashes at once', 'throw new TypeError("pas prêt")', 'ended', /code 1/],
  ]
  for (const [what, code, trouble, text] of CASES) {
    test(what, linux, async () => {
      const { report } = await judge(script(code), launch)
      assert.equal(report.outcome, 'not-run')
      assert.equal(report.trouble?.code, trouble)
      assert.match(report.trouble?.text ?? '', text)
    })
  }

  test('opens another port', linux, async () => {
    const { report } = await judge(script('net.createServer().listen(0, "127.0.0.1")'), launch)
    assert.equal(report.trouble?.code, 'wrong-port')
  })

  test('cannot be started', async () => {
    const { report } = await judge([join(folder, 'rien')], launch)
    assert.equal(report.trouble?.code, 'not-found')
  })

  test('prints without end, and ends', async () => {
    const flood =
      'const line = "x".repeat(100_000); const write = () => process.stdout.write(line, write); write()'
    const { report } = await judge(
      script(flood),
      (c) => c.launch().then((p) => p.exit(20_000).then(() => {})),
      {
        ready: 'none',
      },
    )
    assert.equal(report.trouble?.code, 'flood')
  })

  test('takes memory without end, and ends', linux, async () => {
    const hunger = 'const all = []; setInterval(() => all.push(Buffer.alloc(1 << 26, 1)), 5)'
    const { report } = await judge(
      script(hunger),
      (c) => c.launch().then((p) => p.exit(20_000).then(() => {})),
      { ready: 'none' },
    )
    assert.equal(report.trouble?.code, 'memory')
  })
})

describe('a program is heard', () => {
  test('its line is read though it writes into a pipe', linux, async () => {
    const { result } = await judge(
      ['grep', '.'],
      async (c) => {
        const program = await c.launch()
        program.type('bonjour')
        await program.line(/^bonjour$/, 3000)
      },
      { ready: 'none' },
    )
    assert.equal(result.verdict, 'ok', result.observed ?? '')
  })

  test('a launcher is followed to the program it starts', linux, async () => {
    const [node, file] = script(ECHO)
    const { result } = await judge(['sh', '-c', `"${node}" "${file}" --port={port}; true`], async (c) => {
      const client = await c.connect(await c.launch(), 'le client')
      client.send('a')
      await client.gets('a')
    })
    assert.equal(result.verdict, 'ok', result.observed ?? '')
  })

  test('its crash is told with its place', async () => {
    const code = 'net.createServer(() => { throw new RangeError("aïe") }).listen(port, "127.0.0.1")'
    const { result } = await judge(script(code), async (c) => {
      const client = await c.connect(await c.launch(), 'le client')
      await client.gets('bonjour')
    })
    assert.match(
      result.observed ?? '',
      /s'est arrêté \(code 1\) : RangeError: aïe \(programme-\d+\.mjs, ligne 3\)/,
    )
  })
})

describe('nothing is left behind', () => {
  const LEAVER = `import { spawn } from 'node:child_process'
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' })
child.unref()
console.log('enfant', child.pid)
${ECHO}`

  test('not even a child that left the group', linux, async () => {
    let pid = 0
    await judge(script(LEAVER), async (c) => {
      const program = await c.launch()
      pid = Number((await program.line(/^enfant (\d+)$/)).match[1])
    })
    assert.ok(pid > 0)
    assert.ok(await isGone(pid))
  })

  for (const signal of ['SIGKILL', 'SIGINT'] as const) {
    test(`not even when the judge is ended by ${signal}`, linux, async () => {
      const started = join(folder, signal)
      const code = `import { writeFileSync } from 'node:fs'
writeFileSync(${JSON.stringify(started)}, String(process.pid))
setInterval(() => {}, 1000)`
      const [node, file] = script(code)
      const verifier = spawn(
        process.execPath,
        [join(ROOT, 'scripts', 'verifier.ts'), 'EX-8.6.7-1', '--', node!, file!, '{port}'],
        { stdio: 'ignore' },
      )
      for (let i = 0; i < 400 && !existsSync(started); i++) await delay(50)
      const pid = Number(readFileSync(started, 'utf8'))
      verifier.kill(signal)
      await once(verifier, 'exit')
      assert.ok(await isGone(pid))
    })
  }
})

describe('npm run verifier', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(ROOT, 'scripts', 'verifier.ts'), ...args], { encoding: 'utf8' })

  test('0: passed; the sentences in their order, then the outcome', () => {
    const { status, stdout } = run('EX-8.7-2', '--fichier', join(ROOT, 'labs/cadrage/solutions/longueur.ts'))
    assert.equal(status, 0, stdout)
    assert.deepEqual(stdout.match(/^✓ Un[e]? \S+/gm), [
      '✓ Un message',
      '✓ Une longueur',
      '✓ Une longueur',
      '✓ Une fin',
    ])
    assert.match(stdout, /Réussi : 4\/4 critères/)
  })

  test('1: not yet; what was seen, what was expected, a hint; the same seed again', () => {
    const { status, stdout } = run('EX-8.7-2', '--graine', '7')
    assert.equal(status, 1, stdout)
    assert.match(stdout, /^Vu +\S[\s\S]*^Attendu +\S[\s\S]*^Piste +\S[\s\S]*graine 7$/m)
  })

  test('2: not run', () => {
    assert.equal(run('EX-8.7-2', '--', 'false').status, 2)
    assert.equal(run('EX-0.0-0').status, 2)
    assert.equal(run('EX-8.7-2', '--couleur').status, 2)
  })

  test('--json: the report alone', () => {
    const { stdout } = run('EX-8.7-2', '--json', '--graine', '7')
    const report = JSON.parse(stdout) as Report
    assert.equal(report.outcome, 'failed')
    assert.match(report.source?.sha256 ?? '', /^[0-9a-f]{64}$/)
  })
})
