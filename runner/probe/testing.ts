/** Runs a program in a real terminal, under the probe or not, for its tests. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TraceEvent, TraceEventOf, TraceKind } from '../../labs/trace.ts'
import { signalAll } from '../processes/table.ts'
import { type Exit, HAS_TERMINALS, Pty } from '../terminal/pty.ts'
import { Separator } from '../terminal/separate.ts'

/** How long a program may last, in ms. */
const PATIENCE = 20_000
export const PRELOAD = join(import.meta.dirname, 'preload.cjs')
const ROOT = join(import.meta.dirname, '..', '..')

/** Why these tests cannot run here, or false. */
export const skip =
  process.platform === 'win32' || !HAS_TERMINALS
    ? 'la sonde ne parle que par un terminal, et pas sous Windows'
    : false

export interface Watched {
  /** What it printed, events taken out. */
  text: string
  events: TraceEvent[]
  /** Events that came damaged. */
  damaged: number
  exit: Exit
}

export interface WatchOptions {
  /** False: the same, without the probe. */
  probe?: boolean
  /** Called with its terminal once it runs. */
  meanwhile?: (pty: Pty) => void
}

/** Runs the source of a program: CommonJS, or a module of the project when it is named `.ts`. */
export async function watched(
  source: string,
  { probe = true, meanwhile }: WatchOptions = {},
): Promise<Watched> {
  const folder = mkdtempSync(join(tmpdir(), 'sonde-'))
  const module = /^import /m.test(source)
  const file = join(folder, module ? 'programme.mts' : 'programme.cjs')
  writeFileSync(file, source.replaceAll('#qt-network', join(ROOT, 'labs', 'qt-network', 'index.ts')))
  const args = ['--disable-warning=ExperimentalWarning', `--require=${PRELOAD}`, file]
  const seen = await watchedCommand(process.execPath, args, {
    folder,
    probe,
    ...(meanwhile && { meanwhile }),
  })
  rmSync(folder, { recursive: true })
  return seen
}

/** Runs a command, its lines named from `folder`, for at most `patience` ms. */
export async function watchedCommand(
  file: string,
  args: readonly string[],
  {
    folder,
    probe = true,
    patience = PATIENCE,
    meanwhile,
  }: WatchOptions & { folder: string; patience?: number },
): Promise<Watched> {
  const env = { PATH: process.env.PATH ?? '', TERM: 'dumb', ...(probe && { PRISE_DIRECTE_SONDE: folder }) }
  const pty = new Pty({ file, args, cwd: ROOT, env }, 80, 24)
  const separator = new Separator()
  const texts: Buffer[] = []
  const events: TraceEvent[] = []
  pty.onData((chunk) => {
    const pieces = separator.push(chunk)
    texts.push(pieces.text)
    events.push(...pieces.events.map(({ event }) => event))
  })
  meanwhile?.(pty)
  const giveUp = setTimeout(() => signalAll([pty], 'SIGKILL'), patience)
  const exit = await new Promise<Exit>((resolve) => pty.onExit(resolve))
  clearTimeout(giveUp)
  texts.push(separator.flush())
  return { text: Buffer.concat(texts).toString('utf8'), events, damaged: separator.damaged, exit }
}

/** The events of some kinds. */
export function only<K extends TraceKind>(
  events: readonly TraceEvent[],
  ...kinds: readonly K[]
): TraceEventOf<K>[] {
  return events.filter(({ kind }) => kinds.includes(kind as K)) as TraceEventOf<K>[]
}

/** The bytes of events. */
export function bytesOf(events: readonly { bytes: number }[]): number {
  return events.reduce((sum, { bytes }) => sum + bytes, 0)
}
