/** Writes what a page has seen of a lab as the file of a recorded run: see `labs/recording.ts`. Pure. */
import type { RecordedRun, RecordingHeader, RecordingLine } from '../../../labs/recording.ts'
import type { PlacedEvent } from '../../../labs/trace.ts'

/** What one program said, from its start to its end. */
export interface SeenRun extends RecordedRun {
  /** All that it printed, with its colours. */
  text: string
  events: readonly PlacedEvent[]
  exit: number | null
}

export interface SeenLab {
  lab: string
  title: string
  platform: string
  /** Seconds since 1970. */
  timestamp: number
  term: { cols: number; rows: number }
}

type Timed = { at: number } & (
  | { code: 'o' | 'x'; data: string; role: string; run: number }
  | { code: 't'; data: PlacedEvent; role: string; run: number }
)

/** The text of the file. Text is given the time of the event that follows it, as only events say when. */
export function recordingText(
  { lab, title, platform, timestamp, term }: SeenLab,
  runs: readonly SeenRun[],
): string {
  const timed = runs.flatMap((run, number) => timedOf(run, number)).sort((a, b) => a.at - b.at)
  const clock = timed[0]?.at ?? 0
  const header: RecordingHeader = {
    version: 3,
    term: { ...term, type: 'xterm-256color' },
    timestamp,
    title,
    lab,
    runs: runs.map(({ role, variant, observed, lost }) => ({ role, variant, observed, lost })),
    platform,
    clock,
  }
  let before = clock
  const lines = timed.map((one): RecordingLine => {
    const interval = (one.at - before) / 1e6
    before = one.at
    return one.code === 't'
      ? [interval, 't', one.data.event, one.role, one.run, one.data.offset]
      : [interval, one.code, one.data, one.role, one.run]
  })
  return [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('')
}

function timedOf({ role, text, events, exit }: SeenRun, run: number): Timed[] {
  const bytes = new TextEncoder().encode(text)
  const decoder = new TextDecoder()
  const timed: Timed[] = []
  let from = 0
  const print = (to: number, at: number) => {
    const data = decoder.decode(bytes.subarray(from, to), { stream: true })
    if (data) timed.push({ at, code: 'o', data, role, run })
    from = Math.max(from, to)
  }
  for (const placed of events) {
    print(placed.offset, placed.event.at)
    timed.push({ at: placed.event.at, code: 't', data: placed, role, run })
  }
  const last = events.at(-1)?.event.at ?? 0
  print(bytes.length, last)
  if (exit !== null) timed.push({ at: last, code: 'x', data: String(exit), role, run })
  return timed
}
