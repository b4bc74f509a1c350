/**
 * What the probe tells of a lab is what a capture sees of it: tcpdump, in a network of its own, beside the recording of
 * the same run. The connections, the bytes each way, who spoke in turn, the refusals, the datagrams.
 */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { RecordingLine } from '../labs/recording.ts'
import type { TraceEvent, TraceEventOf, TraceKind } from '../labs/trace.ts'
import { ROOT } from '../scripts/build.ts'
import { Capture, type CapturedConnection, type Side } from './pcap.ts'
import { optionsOf, VARIANTS } from './variants.ts'

/** Captures until a datagram says that the run is over: what comes before it is in the file. */
const SCRIPT = `
set -e
ip link set lo up
ip link set lo multicast on
ip route add 224.0.0.0/4 dev lo
tcpdump -i lo -n -p -U --immediate-mode -Z root -w "$CAPTURE" 2> "$CAPTURE.log" &
dump=$!
trap 'kill $dump' EXIT
until grep -q "listening on" "$CAPTURE.log"; do kill -0 $dump || { cat "$CAPTURE.log"; exit 1; }; sleep 0.05; done
"$NODE" scripts/record.ts "$LAB" --variante "$VARIANT" --sortie "$RECORDING"
"$NODE" -e 'const s = require("node:dgram").createSocket("udp4"); s.send("$END", 9, "127.0.0.1", () => s.close())'
until grep -q '$END' "$CAPTURE"; do kill -0 $dump || { cat "$CAPTURE.log"; exit 1; }; sleep 0.05; done
`.replaceAll('$END', 'la capture est finie')

/** Why nothing can be captured here, or false. */
function whyNot(): string | false {
  if (process.platform !== 'linux') return 'il faut Linux'
  if (spawnSync('tcpdump', ['--version']).status !== 0) return 'tcpdump est absent de cette machine'
  if (process.getuid?.() !== 0) return 'seul root peut capturer'
  const made = spawnSync('unshare', ['-n', 'ip', 'link', 'set', 'lo', 'up'])
  return made.status === 0 ? false : 'cette machine ne donne pas de réseau à part (unshare, ip)'
}

const noCapture = whyNot()

interface Told<E = TraceEvent> {
  run: number
  event: E
}

/** Plays the scenario of a lab in a network of its own: what was captured, and what was told. */
async function played(lab: string, variant: string): Promise<{ capture: Capture; told: Told[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'capture-'))
  const [CAPTURE, RECORDING] = [join(folder, 'capture.pcap'), join(folder, 'enregistrement.jsonl')]
  const env = { ...process.env, CAPTURE, RECORDING, NODE: process.execPath, LAB: lab, VARIANT: variant }
  try {
    const child = spawn('unshare', ['-n', 'sh', '-c', SCRIPT], { cwd: ROOT, env, stdio: 'pipe' })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text))
    const [code] = await once(child, 'close')
    assert.equal(code, 0, said)
    const lines = readFileSync(RECORDING, 'utf8').trimEnd().split('\n').slice(1)
    const told = lines
      .map((line) => JSON.parse(line) as RecordingLine)
      .flatMap(([, code, event, , run]): Told[] => (code === 't' ? [{ run, event }] : []))
    return { capture: new Capture(readFileSync(CAPTURE)), told }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const plain = (endpoint = '') => endpoint.replace(/^\[::ffff:(.*)\](:\d+)$/, '$1$2')

function only<K extends TraceKind>(told: readonly Told[], kind: K): Told<TraceEventOf<K>>[] {
  return told.filter((one): one is Told<TraceEventOf<K>> => one.event.kind === kind)
}

/** What both ends told of a connection. */
interface ToldConnection {
  sent: Record<Side, number>
  received: Record<Side, number>
  turns: Side[]
}

function connectionOf(told: readonly Told[], { client, server }: CapturedConnection): ToldConnection {
  const ends: [Side, Told | undefined][] = [
    [
      'client',
      only(told, 'connected').find(
        ({ event }) => plain(event.local) === client && plain(event.remote) === server,
      ),
    ],
    [
      'server',
      only(told, 'accept').find(
        ({ event }) => plain(event.remote) === client && plain(event.local) === server,
      ),
    ],
  ]
  const connection: ToldConnection = {
    sent: { client: 0, server: 0 },
    received: { client: 0, server: 0 },
    turns: [],
  }
  const sends: { at: number; side: Side }[] = []
  for (const [side, opened] of ends) {
    if (!opened) continue
    // The same socket may have been another connection before, and may be another one after.
    const after = told.slice(told.indexOf(opened) + 1)
    const again = after.findIndex(
      ({ run, event }) =>
        run === opened.run && event.socket === opened.event.socket && event.kind === 'connect',
    )
    const mine = (again < 0 ? after : after.slice(0, again)).filter(
      ({ run, event }) => run === opened.run && event.socket === opened.event.socket,
    )
    for (const { event } of only(mine, 'send')) {
      connection.sent[side] += event.bytes
      sends.push({ at: event.at, side })
    }
    for (const { event } of only(mine, 'receive')) connection.received[side] += event.bytes
  }
  for (const { side } of sends.sort((a, b) => a.at - b.at)) {
    if (connection.turns.at(-1) !== side) connection.turns.push(side)
  }
  return connection
}

function assertConnections(capture: Capture, told: readonly Told[]): void {
  const made = capture.connections.filter(({ refused }) => !refused)
  assert.equal(only(told, 'accept').length, made.length, 'as many are accepted as the system made')
  assert.equal(only(told, 'refused').length, capture.connections.length - made.length, 'as many are refused')
  for (const connection of made) {
    const { sent, received, turns } = connectionOf(told, connection)
    const what = `${connection.client} → ${connection.server}`
    for (const [side, other] of [
      ['client', 'server'],
      ['server', 'client'],
    ] as const) {
      assert.ok(received[other] <= connection.bytes[side], `${what}: received ${received[other]}`)
      // What is given to the system after an RST never leaves.
      if (connection.reset) assert.ok(sent[side] >= connection.bytes[side], `${what}: sent ${sent[side]}`)
      else assert.equal(sent[side], connection.bytes[side], `${what}: sent by the ${side}`)
    }
    if (!connection.reset) assert.deepEqual(turns, connection.turns, `${what}: in turn`)
  }
}

function assertDatagrams(capture: Capture, told: readonly Told[]): void {
  const captured = capture.datagrams
    .filter(({ payload }) => payload.toString() !== 'la capture est finie')
    .map(({ to, bytes }) => `${to} ${bytes}`)
  const sent = only(told, 'send').flatMap(({ event }) =>
    event.remote ? [`${plain(event.remote)} ${event.bytes}`] : [],
  )
  assert.deepEqual(sent.sort(), captured.sort())
}

for (const lab of ['refus', 'client-vole', 'cadrage', 'udp', 'multidiffusion']) {
  for (const variant of VARIANTS) {
    const { skip, timeout } = optionsOf(variant)
    test(`${lab} in ${variant} does what a capture sees`, { skip: noCapture || skip, timeout }, async () => {
      const { capture, told } = await played(lab, variant)
      assert.ok(capture.connections.length + capture.datagrams.length > 1)
      assertConnections(capture, told)
      assertDatagrams(capture, told)
    })
  }
}
