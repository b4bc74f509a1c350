/** `npm run record`: a whole run in one file, its events in causal order, with the right bytes and the right lines. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { RecordingHeader, RecordingLine } from '../labs/recording.ts'
import lab from '../labs/refus/lab.ts'
import type { TraceEvent, TraceEventOf, TraceKind } from '../labs/trace.ts'
import { ROOT } from '../scripts/build.ts'
import { fileOf, record } from '../scripts/recorder.ts'
import { optionsOf, VARIANTS } from './variants.ts'

const SERVER = { ts: 'serveur.ts', node: 'serveur.node.ts', qt: 'qt/serveur/Serveur.cpp' }

/** An event, and which program told it. */
type Told<E = TraceEvent> = { run: number; role: string; event: E }

/** One end of a connection: what it sent and received. */
interface End {
  run: number
  socket: number
  opened: TraceEvent
  sent: TraceEventOf<'send'>[]
  received: TraceEventOf<'receive'>[]
}

const plain = (endpoint: string | undefined) => endpoint?.replace(/^\[::ffff:(.*)\](:\d+)$/, '$1$2')
const sum = (events: readonly { bytes: number }[]) => events.reduce((total, { bytes }) => total + bytes, 0)
const textOf = ({ preview = '' }: { preview?: string }) => Buffer.from(preview, 'base64').toString('utf8')

function eventsOf<K extends TraceKind>(told: readonly Told[], kind: K): Told<TraceEventOf<K>>[] {
  return told.filter((one): one is Told<TraceEventOf<K>> => one.event.kind === kind)
}

/** The two ends of each connection that was accepted, in the order of time. */
function connectionsOf(told: readonly Told[]): { client: End; server: End }[] {
  const endOf = ({ run, event }: Told): End => {
    const after = told.slice(told.findIndex((one) => one.event === event)).filter((one) => one.run === run)
    const mine = after.filter((one) => one.event.socket === event.socket)
    return {
      run,
      socket: event.socket!,
      opened: event,
      sent: eventsOf(mine, 'send').map((one) => one.event),
      received: eventsOf(mine, 'receive').map((one) => one.event),
    }
  }
  return eventsOf(told, 'accept').map((accepted) => {
    const connected = eventsOf(told, 'connected').find(
      ({ event }) =>
        plain(event.local) === plain(accepted.event.remote) &&
        plain(event.remote) === plain(accepted.event.local),
    )
    assert.ok(connected, `who is ${accepted.event.remote}?`)
    return { client: endOf(connected), server: endOf(accepted) }
  })
}

/** All that was received was sent before, and all that was sent is received. */
function assertCarried(from: End, to: End): void {
  for (const { offset = 0, bytes, at } of to.received) {
    const before = from.sent.filter((sent) => sent.at <= at)
    assert.ok(sum(before) >= offset + bytes, `${offset + bytes} bytes received, ${sum(before)} sent before`)
  }
  assert.equal(sum(from.sent), sum(to.received))
}

describe('a recording of « refus »', () => {
  for (const variant of VARIANTS) {
    test(`in ${variant}: what was said, done, accepted and refused`, optionsOf(variant), async () => {
      const recording = await record('refus', lab, variant, { freely: true })
      const [header, ...lines] = fileOf(recording)
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)) as [RecordingHeader, ...RecordingLine[]]
      assert.equal(header.version, 3)
      const told = lines.flatMap(([, code, event, role, run]): Told[] =>
        code === 't' ? [{ event, role, run }] : [],
      )

      assert.ok(header.runs.length >= 10)
      for (const run of header.runs)
        assert.deepEqual({ ...run, role: '' }, { role: '', variant, observed: true, lost: 0 })

      // The text of each program is whole, and its events are numbered from the first to the last.
      for (const [run, { role }] of header.runs.entries()) {
        const text = lines
          .flatMap(([, code, data, , of]) => (code === 'o' && of === run ? [data] : []))
          .join('')
        assert.match(text, role === 'serveur' ? /Serveur lancé sur le port/ : /Attente de connexion avec/)
        assert.doesNotMatch(text, /6017/)
        const orders = told.filter((one) => one.run === run).map(({ event }) => event.order)
        assert.deepEqual(orders, [...orders.keys()])
        assert.ok(lines.some(([, code, , , of]) => code === 'x' && of === run))
      }

      const connections = connectionsOf(told)
      const welcomes = connections.filter(({ server }) =>
        server.sent.some((sent) => textOf(sent).startsWith('BIENVENUE')),
      )
      const busy = connections.filter(({ server }) => server.sent.some((sent) => textOf(sent) === 'OCCUPÉ'))
      assert.equal(busy.length, 1, 'one client is told that there is no place')
      assert.ok(welcomes.length >= 5)
      for (const { client, server } of connections) {
        const asked = eventsOf(told, 'connect').find(
          ({ run, event }) => run === client.run && event.socket === client.socket,
        )
        assert.ok(
          asked && asked.event.at <= server.opened.at,
          'a connection is asked for before it is accepted',
        )
        assertCarried(client, server)
        assertCarried(server, client)
      }
      assert.equal(sum(busy[0]!.server.sent), Buffer.byteLength('OCCUPÉ'))
      const said = welcomes[0]!.client.sent.map(textOf).join('')
      assert.equal(said, 'bonjourtoujours là')

      // The last policy closes the server's door: the system refuses, the program knows nothing of it.
      const refusals = eventsOf(told, 'refused')
      assert.ok(refusals.some(({ role, event }) => role === 'client-2' && event.error === 'ECONNREFUSED'))

      const source = readFileSync(join(ROOT, 'labs', 'refus', SERVER[variant]), 'utf8').split('\n')
      const line = source.findIndex((text) => /(?:write|end)\(['"]BIENVENUE/.test(text)) + 1
      for (const { server } of welcomes) {
        const [site] = [server.sent[0]!.site ?? []].flat()
        assert.match(site ?? 'none', new RegExp(`^refus/${SERVER[variant]}:${line}(:|$)`))
      }
    })
  }
})
