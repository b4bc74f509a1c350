/** Programs that outlive a runner killed by force: written down while they run, ended by the next runner. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Process, processTable, signalAll, startTimes, treeOf } from './table.ts'

interface Notes {
  boot: string
  runner: { pid: number; startTime: string }
  programs: { pid: number; startTime: string }[]
}

/** One file per runner, in `dir`. */
export class Survivors {
  readonly #dir: string
  readonly #file: string
  readonly #boot: string
  #wanted: readonly number[] = []
  #writing = false

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
      const [runnerStart = '', ...starts] = await startTimes([process.pid, ...written])
      const notes: Notes = {
        boot: this.#boot,
        runner: { pid: process.pid, startTime: runnerStart },
        programs: written.map((pid, i) => ({ pid, startTime: starts[i] ?? '' })),
      }
      mkdirSync(this.#dir, { recursive: true, mode: 0o700 })
      writeFileSync(this.#file, JSON.stringify(notes), { mode: 0o600 })
    }
    this.#writing = false
  }

  forget(): void {
    this.#wanted = []
    rmSync(this.#file, { force: true })
  }

  /** Ends what dead runners left behind; tells how many processes that was. */
  async reap(): Promise<number> {
    let names: string[]
    try {
      names = readdirSync(this.#dir).filter((name) => name.endsWith('.json'))
    } catch {
      return 0
    }
    const table = await processTable()
    const lives = ({ pid, startTime }: Notes['runner']) =>
      table.some((process) => process.pid === pid && process.startTime === startTime)
    const found = new Map<number, Process>()
    for (const name of names) {
      const notes = readNotes(join(this.#dir, name))
      if (notes && lives(notes.runner)) continue
      for (const process of notes ? leftBy(notes, table) : []) found.set(process.pid, process)
      rmSync(join(this.#dir, name), { force: true })
    }
    signalAll([...found.values()], 'SIGKILL')
    return found.size
  }
}

function leftBy({ boot, programs }: Notes, table: readonly Process[]): Process[] {
  const tagged = table.filter(({ tag }) => tag?.startsWith(`${boot}.`))
  const same = programs.filter(({ pid, startTime }) =>
    table.some((process) => process.pid === pid && process.startTime === startTime),
  )
  return [...tagged, ...same.flatMap(({ pid }) => treeOf(table, pid, boot))]
}

function readNotes(file: string): Notes | null {
  try {
    const notes = JSON.parse(readFileSync(file, 'utf8')) as Notes
    return Array.isArray(notes.programs) && notes.runner ? notes : null
  } catch {
    return null
  }
}
