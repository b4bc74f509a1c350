/** A recorded run, read: its header, and what happened on one clock. The file may come from anybody. Pure. */
import type { RecordingHeader } from '../../../labs/recording.ts'
import { isTraceEvent } from '../../../labs/trace.ts'
import type { Happening } from '../wire/moments.ts'

/** What happens while a recording is replayed; `at` in µs since its beginning. */
export type Played = { at: number; role: string; run: number | null } & (
  | { code: 'output' | 'input' | 'mark'; text: string }
  | { code: 'event'; happening: Happening }
  | { code: 'end'; exit: number }
)

export interface RecordingFile {
  header: RecordingHeader
  played: readonly Played[]
}

/** Longest file that is read, in characters. */
export const FILE_MAX = 64_000_000

const TEXTS = { o: 'output', i: 'input', m: 'mark' } as const

/** The recording of a file; null when the text is none. Lines that mean nothing are left out. */
export function readRecording(text: string): RecordingFile | null {
  if (text.length > FILE_MAX) return null
  const lines = text.split('\n')
  const header = headerOf(parsed(lines[0] ?? ''))
  if (!header) return null
  const played: Played[] = []
  let at = 0
  for (const line of lines.slice(1)) {
    const value = parsed(line)
    if (!Array.isArray(value)) continue
    const [interval, code, data, role, run, offset] = value as unknown[]
    if (typeof interval !== 'number' || !(interval >= 0) || typeof role !== 'string') continue
    at += Math.round(interval * 1e6)
    if (run !== null && !isCount(run)) continue
    const base = { at, role, run: run as number | null }
    if (code === 'o' || code === 'i' || code === 'm') {
      if (typeof data === 'string') played.push({ ...base, code: TEXTS[code], text: data })
    } else if (code === 'x') played.push({ ...base, code: 'end', exit: Number(data) || 0 })
    else if (code === 't' && run !== null && isTraceEvent(data)) {
      const happening = {
        role,
        run: run as number,
        offset: isCount(offset) ? (offset as number) : 0,
        event: data,
      }
      played.push({ ...base, code: 'event', happening })
    }
  }
  return { header, played }
}

/** What the figure is made of: the events, and the ends of the programs. */
export function happeningsOf({ header, played }: RecordingFile): Happening[] {
  return played.flatMap((one): Happening[] => {
    if (one.code === 'event') return [one.happening]
    if (one.code !== 'end' || one.run === null) return []
    const { role, run, at, exit } = one
    return [{ role, run, offset: 0, event: { kind: 'over', at: header.clock + at, code: exit } }]
  })
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function headerOf(value: unknown): RecordingHeader | null {
  if (typeof value !== 'object' || value === null) return null
  const { version, lab, clock, runs, title, platform } = value as Partial<RecordingHeader>
  const texts = [lab, title, platform].every((text) => typeof text === 'string')
  const isRun = (run: unknown) =>
    typeof run === 'object' &&
    run !== null &&
    'role' in run &&
    typeof run.role === 'string' &&
    'variant' in run &&
    ['ts', 'node', 'qt'].includes(String(run.variant))
  if (version !== 3 || !texts || !isCount(clock) || !Array.isArray(runs) || !runs.every(isRun)) return null
  return value as RecordingHeader
}
