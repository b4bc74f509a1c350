/** `npm run rejouer`: a pile of what learners handed in, honest or not, played again with the same seeds. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { HAND_IN_MAX, type HandIn, readHandIn } from '../../labs/hand-in.ts'
import { ROOT } from '../../scripts/build.ts'

const folder = mkdtempSync(join(tmpdir(), 'rejouer-'))
after(() => rmSync(folder, { recursive: true }))
const path = (name: string) => join(folder, name)

function run(script: string, ...args: string[]) {
  const options = { encoding: 'utf8', cwd: folder, input: 'o\n' } as const
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'scripts', script), ...args],
    options,
  )
  return { status, said: stdout + stderr }
}

function write(name: string, content: object | string): string {
  writeFileSync(path(name), typeof content === 'string' ? content : JSON.stringify(content))
  return path(name)
}

/** The same hand-in with another program, its digest made right. */
function forged(honest: HandIn, source: string, name = 'Nom\x1b[2J\u202e'): HandIn {
  const sha256 = createHash('sha256').update(source).digest('hex')
  return { ...honest, name, source, report: { ...honest.report, source: { file: '../../x', sha256 } } }
}

describe('replaying what was handed in', () => {
  let honest: HandIn
  before(() => {
    const solution = join(ROOT, 'labs', 'refus', 'solutions', 'poli.ts')
    const judged = run(
      'verifier.ts',
      'EX-8.6.7-1',
      '--graine',
      '7',
      '--fichier',
      solution,
      '--rendu',
      path('juste.json'),
    )
    assert.equal(judged.status, 0, judged.said)
    honest = readHandIn(readFileSync(path('juste.json'), 'utf8')) as HandIn
  })

  test('says what it will run, and runs nothing without a yes', () => {
    const { status, said } = run('rejouer.ts', path('juste.json'))
    assert.match(said, /Ce programme va être lancé.*\n.*juste\.json : EX-8\.6\.7-1, TypeScript, 4\d lignes/)
    assert.match(said, /Rien n’a été lancé/)
    assert.equal(status, 2)
  })

  test('the same comes out of an honest one; a claim that is false differs; the program that tries to leave is held', () => {
    const escaped = path('echappe')
    const hostile = `import { writeFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', ${JSON.stringify(escaped)}], { detached: true, stdio: 'ignore' }).unref()
const mo = 'x'.repeat(1 << 20)
for (;;) console.log(mo)
`
    const memory =
      'const tout = []\nsetInterval(() => tout.push(Buffer.alloc(1 << 26, 1)), 5)\nsetInterval(() => {}, 1000)\n'
    // Judged where something was not measured: nothing is asked of that.
    const [first, ...others] = honest.report.criteria
    const criteria = [{ ...first!, verdict: 'unsure', unmeasured: true }, ...others]
    const { status, said } = run(
      ...(['rejouer.ts', '--oui', path('juste.json')] as const),
      write('ailleurs.json', { ...honest, report: { ...honest.report, outcome: 'unsure', criteria } }),
      write('menteur.json', forged(honest, 'console.log("rien")\n')),
      write('deluge.json', forged(honest, hostile)),
      write('memoire.json', forged(honest, memory)),
    )
    const line = (name: string) =>
      said.split('\n').find((text) => text.startsWith(name) && / {2}/.test(text)) ?? ''
    assert.match(line('juste.json'), /Réussi 4\/4 +Réussi 4\/4 +confirmé/)
    assert.match(line('ailleurs.json'), /Indécis 3\/4 +Réussi 4\/4 +confirmé/)
    for (const name of ['menteur.json', 'deluge.json', 'memoire.json'])
      assert.match(line(name), /EX-8\.6\.7-1 +Réussi 4\/4 +Pas encore 0\/4 +différent/, said)
    assert.ok(!/[\x1b\u202e]/.test(line('menteur.json')), 'a name never commands the terminal')
    assert.equal(status, 1)
    assert.equal(existsSync(join(ROOT, 'travail', '.rejeu')), false)
    if (process.platform === 'linux') {
      const left = spawnSync('grep', ['-la', escaped, ...cmdlines()], { encoding: 'utf8' }).stdout
      assert.equal(left, '', 'nothing that it started is left')
    }
  })

  test('a file that is none of these is refused by a sentence, and nothing of it is run', () => {
    const elsewhere = { ...honest, report: { ...honest.report, exercise: '../../scripts/start' } }
    const files: [string, RegExp][] = [
      [path('absent.json'), /n’existe pas/],
      [folder, /n’existe pas/],
      [write('texte.json', 'bonjour'), /n’est pas du JSON/],
      [write('liste.json', '[]'), /n’est pas un rendu/],
      [write('autre.json', { ...honest, variant: '../ts' }), /n’est pas un rendu/],
      [
        write('sans-graine.json', { ...honest, report: { ...honest.report, seed: '7; ls' } }),
        /n’est pas un rendu/,
      ],
      [write('ailleurs.json', elsewhere), /aucun exercice/],
      [
        write('modifie.json', { ...honest, source: `${honest.source}\n` }),
        /n’est pas celui que ce rapport a jugé/,
      ],
      [write('enorme.json', ' '.repeat(HAND_IN_MAX + 1)), /dépasse 512/],
    ]
    const { status, said } = run('rejouer.ts', '--oui', ...files.map(([file]) => file))
    const lines = said.trimEnd().split('\n').slice(-files.length)
    for (const [rank, [, why]] of files.entries()) assert.match(lines[rank]!, why)
    assert.doesNotMatch(said, /va être lancé|vont être lancés/)
    assert.equal(status, 1)
  })
})

function cmdlines(): string[] {
  const { stdout } = spawnSync('ls', ['/proc'], { encoding: 'utf8' })
  const own = String(process.pid)
  return stdout
    .split('\n')
    .flatMap((pid) => (/^\d+$/.test(pid) && pid !== own ? [`/proc/${pid}/cmdline`] : []))
}
