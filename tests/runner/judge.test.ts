/** The judge as the runner starts it for a page: what it plays, what it tells, what it leaves. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, afterEach, beforeEach, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { JUDGED_CODE, type Judged, JudgedReader, readJudged, tellJudged } from '../../labs/judged.ts'
import { type Runner, startRunner } from '../../runner/main.ts'
import { Page } from '../../runner/testing.ts'
import { ROOT } from '../../scripts/build.ts'

// Under the project: a copy finds there what it imports by name.
mkdirSync(join(ROOT, '.cache'), { recursive: true })
const workDir = mkdtempSync(join(ROOT, '.cache', 'travail-'))
after(() => rmSync(workDir, { recursive: true }))

const COPY = join(workDir, 'refus', 'exercices', 'poli.ts')
const CHECK = { lab: 'refus', role: 'exercices/poli', variant: 'ts', check: true }

let runner: Runner
beforeEach(async () => {
  runner = await startRunner({ port: 0, siteDir: null, workDir })
})
afterEach(async () => {
  rmSync(join(workDir, 'refus'), { recursive: true, force: true })
  await runner.close()
})

/** Plays a check to its end: its text, and what it told. */
async function play(ref: object = {}): Promise<{ text: string; all: Judged[] }> {
  const page = await Page.open(runner)
  page.ask({ ...CHECK, ...ref })
  await page.ended()
  await page.close()
  return { text: page.text, all: new JudgedReader().push(page.text) }
}

test('the starting file where the learner has no copy, then the copy; each criterion is told, then the report', async () => {
  const first = await play()
  const [report] = first.all.flatMap((one) => ('report' in one ? [one] : []))
  assert.equal(report?.report.outcome, 'failed')
  assert.equal(report?.report.source?.file, 'labs/refus/exercices/poli.ts')
  assert.match(first.text, /Pas encore/)
  assert.doesNotMatch(first.text, /Piste/, 'the page gives the hints, one at a time')
  assert.equal(first.all.length, 6)
  const [ko] = first.all.flatMap((one) => ('criterion' in one ? [one.criterion] : []))
  assert.equal(ko?.verdict, 'ko')
  assert.match(ko?.exchange?.join() ?? '', /42 49 45 4e 56 45 4e 55 45 0a/)
  const names = ko?.peers?.map(({ name }) => name)
  assert.deepEqual(names, ['le premier client', 'le second client'], 'drawn: the peers that took part')
  assert.deepEqual(ko?.peers?.[1]?.moments[1]?.kind, 'got')
  mkdirSync(join(workDir, 'refus', 'exercices'), { recursive: true })
  const solution = readFileSync(join(ROOT, 'labs', 'refus', 'solutions', 'poli.ts'), 'utf8')
  writeFileSync(COPY, solution)
  const { all } = await play()
  const last = all.at(-1)!
  assert.ok('report' in last)
  assert.equal(last.report.outcome, 'passed')
  assert.equal(last.source, solution)
  assert.match(last.report.source?.file ?? '', /refus\/exercices\/poli\.ts$/)
  assert.notEqual(last.report.source?.file, 'labs/refus/exercices/poli.ts')
})

test('only an exercise that has a check, without options, is judged', async () => {
  const page = await Page.open(runner)
  const refusals: [object, object, string][] = [
    [{ role: 'exercices/nul' }, {}, 'unknown-role'],
    [{ role: 'exercices/../serveur' }, {}, 'unknown-role'],
    [{ role: 'serveur' }, {}, 'unknown-role'],
    [{ lab: '../labs/refus' }, {}, 'unknown-lab'],
    [{ role: 'exercices/parsons', variant: 'node' }, {}, 'unknown-variant'],
    [{}, { port: 1 }, 'bad-parameter'],
    [{ check: 'scripts/start.ts' }, {}, 'bad-message'],
  ]
  for (const [ref, parameters, reason] of refusals) {
    page.messages.length = 0
    page.ask({ ...CHECK, ...ref }, parameters)
    assert.equal((await page.refused()).reason, reason, JSON.stringify(ref))
  }
})

test('stopped, it leaves nothing of what it was judging', {
  skip: process.platform !== 'linux',
}, async () => {
  mkdirSync(join(workDir, 'refus', 'exercices'), { recursive: true })
  writeFileSync(COPY, 'setInterval(() => {}, 1000)\n')
  const page = await Page.open(runner)
  page.ask(CHECK)
  while (judged().length === 0) await delay(20)
  page.send({ type: 'stop' })
  assert.equal((await page.ended()).reason, 'stopped')
  assert.deepEqual(judged(), [])
})

/** The processes that run the copy, the judge itself apart. */
function judged(): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'latin1')
      return words.includes(COPY) && !words.includes('verifier.ts')
    } catch {
      // No process, or one that has ended.
      return false
    }
  })
}

test('nothing that was received can end what the judge tells', () => {
  const observed = 'fin \x07\x1b\\ \u009c\u009b2J é « \u2028 » 🙂'
  const criterion = { id: 'un', say: '', verdict: 'ko', ms: 0, tries: 1, observed } as const
  const told = tellJudged({ criterion })
  assert.match(told, /^\x1b\][\x20-\x7e]*\x07$/)
  assert.deepEqual(readJudged(told.slice(`\x1b]${JUDGED_CODE};`.length, -1)), { criterion })
  const [page, cut] = [`avant\r\n${told}après ${told}\x1b]0;titre\x07${told.slice(0, -5)}`, [] as Judged[]]
  const reader = new JudgedReader()
  for (const sign of page) cut.push(...reader.push(sign))
  assert.deepEqual(cut, [{ criterion }, { criterion }])
  assert.deepEqual(new JudgedReader().push(page), cut)
  for (const damaged of ['', '{', 'null', '{"criterion":1}', '[]']) assert.equal(readJudged(damaged), null)
})
