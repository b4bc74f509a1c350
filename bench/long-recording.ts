/** The recording of a long exchange of « refus », a message and its answer each time: as many events as wanted. */
import type { RecordingHeader, RecordingLine } from '../labs/recording.ts'
import type { TraceEvent } from '../labs/trace.ts'

/** An event, less what tells when it was. */
type Told = TraceEvent extends infer E
  ? E extends TraceEvent
    ? Omit<E, 'process' | 'order' | 'at'>
    : never
  : never

/** Between two events, in µs. */
const STEP = 1000
const SERVER = '127.0.0.1:1234'
const CLIENT = '127.0.0.1:40000'
const SAID = { preview: btoa('bonjour'), bytes: 7 }

/** A recording, as a file, of `count` events. */
export function longRecording(count: number): string {
  const header: RecordingHeader = {
    version: 3,
    term: { cols: 80, rows: 24, type: 'xterm-256color' },
    timestamp: 0,
    title: 'Complet !',
    lab: 'refus',
    runs: ['serveur', 'client-1'].map((role) => ({ role, variant: 'ts', observed: true, lost: 0 })),
    platform: 'banc',
    clock: 0,
  }
  const lines: RecordingLine[] = []
  const orders = [0, 0]
  const tell = (run: 0 | 1, event: Told) => {
    const at = lines.length * STEP
    const whole = { process: String(run + 1), order: orders[run]!, at, ...event } as TraceEvent
    orders[run]! += 1
    lines.push([STEP / 1e6, 't', whole, header.runs[run]!.role, run, 0])
  }
  const say = (kind: 'send' | 'receive', run: 0 | 1, offset: number) => {
    const socket = run === 0 ? 2 : 1
    tell(run, { kind, socket, offset, ...SAID })
  }
  tell(0, { kind: 'listen', socket: 1, local: SERVER })
  tell(1, { kind: 'connect', socket: 1, remote: SERVER })
  tell(1, { kind: 'connected', socket: 1, remote: SERVER, local: CLIENT })
  tell(0, { kind: 'accept', socket: 2, server: 1, remote: CLIENT, local: SERVER })
  for (let offset = 0; lines.length < count; offset += SAID.bytes) {
    say('send', 1, offset)
    say('receive', 0, offset)
    say('send', 0, offset)
    say('receive', 1, offset)
  }
  return [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('')
}
