/** The recordings that the site is published with, and those that are played through a relay. */
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { RecordingHeader, RecordingLine } from '../labs/recording.ts'
import refusal from '../labs/refus/lab.ts'
import relay from '../labs/relais/lab.ts'
import type { TraceEvent } from '../labs/trace.ts'
import udp from '../labs/udp/lab.ts'
import { ROOT } from '../scripts/build.ts'
import { record } from '../scripts/recorder.ts'
import { makeRecordings, publishedFile, publishRecordings } from '../scripts/recordings.ts'
import { relayed } from '../scripts/relayed.ts'

const KEPT = join(ROOT, '.cache', 'enregistrements')

function eventsOf(lines: readonly RecordingLine[], role: string): TraceEvent[] {
  return lines.flatMap(([, code, event, of]) => (code === 't' && of === role ? [event] : []))
}

test('a lab is recorded once, and published whole; what cannot be recorded is said', {
  timeout: 400_000,
}, async (t) => {
  const first = await makeRecordings(300_000, ['udp'])
  assert.ok(first.made.includes('udp-ts') && first.made.includes('udp-node'))
  assert.equal(first.made.length + first.missing.size, 3)
  const when = () =>
    readdirSync(KEPT)
      .filter((name) => name.startsWith('udp-'))
      .map((name) => [name, statSync(join(KEPT, name)).mtimeMs])
  const before = when()
  const again = await makeRecordings(0, ['udp'])
  assert.deepEqual(again.made, first.made)
  assert.deepEqual(when(), before, 'what is true is not made again')

  const site = mkdtempSync(join(tmpdir(), 'prise-directe-'))
  t.after(() => rmSync(site, { recursive: true }))
  await publishRecordings(site)
  const [header, ...lines] = readFileSync(join(site, 'enregistrements', 'udp-ts.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line)) as [RecordingHeader, ...RecordingLine[]]
  assert.equal(header.lab, 'udp')
  assert.ok(eventsOf(lines, 'recepteur').some(({ kind }) => kind === 'receive'))
  // In development nothing is copied: each file is given as it would be.
  for (const name of readdirSync(join(site, 'enregistrements')))
    assert.equal(await publishedFile(name), readFileSync(join(site, 'enregistrements', name), 'utf8'), name)
  assert.equal(await publishedFile('absent-ts.jsonl'), null)
})

test('a recording through the relay says what the relay did', { timeout: 60_000 }, async () => {
  const lab = relayed(udp, relay, { doublons: 100, perte: 0 })
  const { lines, header } = await record('udp', lab, 'ts', {
    freely: true,
    relay: { role: 'relais', lab: 'relais' },
  })
  assert.ok(header.runs.every(({ observed }) => observed))
  const sizes = (role: string, kind: 'send' | 'receive') =>
    eventsOf(lines, role).flatMap((event) => (event.kind === kind ? [event.bytes] : []))
  const sent = sizes('emetteur', 'send')
  assert.deepEqual(sizes('relais', 'receive').slice(0, 3), sent.slice(0, 3))
  const [first, second] = sizes('recepteur', 'receive')
  assert.deepEqual([first, second], [sent[0], sent[0]], 'each datagram comes twice')
})

test('a relay that loses all is recorded too, step after step', { timeout: 60_000 }, async () => {
  const { lines, missed } = await record('udp', relayed(udp, relay, { perte: 100 }), 'ts', {
    freely: true,
    relay: { role: 'relais', lab: 'relais' },
    patience: 500,
  })
  assert.ok(missed.length > 0, 'what the lab expects never comes')
  assert.ok(eventsOf(lines, 'emetteur').some(({ kind }) => kind === 'send'))
  assert.ok(eventsOf(lines, 'recepteur').every(({ kind }) => kind !== 'receive'))
})

test('a lab through its relay: the links that it cuts take its port, the others are as they were', () => {
  const lab = relayed(refusal, relay, {})
  assert.equal(lab.roles.find(({ id }) => id === 'client-1')?.takes?.port, 'relais.port')
  assert.deepEqual(lab.roles.at(-1)?.takes, { vers: 'serveur.port' })
  const starts = lab.scenario.filter(({ action }) => action === 'start').map(({ role }) => role)
  assert.deepEqual(starts.slice(0, 3), ['serveur', 'relais', 'client-1'])
  assert.throws(() => relayed(relay, relay, {}), /pas de relais/)
})
