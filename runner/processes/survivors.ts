/**
 * Programs that outlive a runner killed by force: written down while they run, ended by the next runner. Best effort:
 * a folder that cannot be read or written only means that those programs stay.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Process, processTable, signalAll, startTimes, treeOf } from './table.ts'

interface Noted {
  pid: number
  startTime: string
}

interface Notes {
  boot: string
  runner: Noted
  programs: Noted[]
}

/** One file per runner, in `dir`. */
export class Survivors {
  readonly #dir: string
  readonly #file: string
  readonly #boot: string
  #wanted: readonly number[] = []
  #writing = false
  #forgotten = false

  constructor(dir: string, boot: string) {
    this.#dir = dir
    this.#boot = boot
    this.#file = join(dir, `${boot}.json`)
  }

  /** Writes down the programs that run now. */
  note(pids: readonly number[]): void {
    this.#wanted = pids
    if (!this.#writing) void this.#write()
  }

  async #write(): Promise<void> {
    this.#writing = true
    let written: readonly number[] | undefined
    while (written !== this.#wanted) {
      written = this.#wanted
      await this.#writeOnce(written).catch(() => {})
    }
    this.#writing = false
  }

  async #writeOnce(programs: readonly number[]): Promise<void> {
    const [runnerStart = '', ...starts] = await startTimes([process.pid, ...programs])
    const notes: Notes = {
      boot: this.#boot,
      runner: { pid: process.pid, startTime: runnerStart },
      programs: programs.map((pid, i) => ({ pid, startTime: starts[i] ?? '' })),
    }
    if (this.#forgotten) return
    mkdirSync(this.#dir, { recursive: true, mode: 0o700 })
    writeFileSync(this.#file, JSON.stringify(notes), { mode: 0o600 })
  }

  /** Nothing runs any more, and nothing will. */
  forget(): void {
    this.#forgotten = true
    remove(this.#file)
  }

  /** Ends what dead runners left behind; tells how many processes that was. */
  async reap(): Promise<number> {
    const files = notesIn(this.#dir)
    const table = files.length > 0 ? await processTable().catch(() => null) : []
    if (!table) return 0
    const lives = ({ pid, startTime }: Noted) =>
      table.some((process) => process.pid === pid && process.startTime === startTime)
    const found = new Map<number, Process>()
    for (const file of files) {
      const notes = readNotes(file)
      if (notes && lives(notes.runner)) continue
      for (const process of notes ? leftBy(notes, table) : []) found.set(process.pid, process)
      remove(file)
    }
    signalAll([...found.values()], 'SIGKILL')
    return found.size
  }
}

function notesIn(dir: string): string[] {
  try {
    const entries = readdirSync(dir, { withFileTypes: true })
    return entries.filter((e) => e.isFile() && e.name.endsWith('.json')).map(({ name }) => join(dir, name))
  } catch {
    return []
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // The folder is not ours to write, or the file is something else: the next runner tries again.
  }
}

function leftBy({ boot, programs }: Notes, table: readonly Process[]): Process[] {
  const tagged = table.filter(({ tag }) => tag?.startsWith(`${boot}.`))
  const same = programs.filter(({ pid, startTime }) =>
    table.some((process) => process.pid === pid && process.startTime === startTime),
  )
  return [...tagged, ...same.flatMap(({ pid }) => treeOf(table, pid, boot))]
}

/** What a file says, if a runner wrote it: a disk that was full leaves anything. */
function readNotes(file: string): Notes | null {
  try {
    const notes = JSON.parse(readFileSync(file, 'utf8'))
    const sound =
      typeof notes?.boot === 'string' &&
      notes.boot !== '' &&
      isNoted(notes.runner) &&
      Array.isArray(notes.programs) &&
      notes.programs.every(isNoted)
    return sound ? notes : null
  } catch {
    return null
  }
}

function isNoted(value: unknown): value is Noted {
  const { pid, startTime } = (value ?? {}) as Partial<Noted>
  return Number.isSafeInteger(pid) && pid! > 0 && typeof startTime === 'string'
}
