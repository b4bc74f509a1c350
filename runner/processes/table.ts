/** The processes of a session: its program, all its descendants, and those that tried to leave. */
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
/** Processes looked at before the runner does something else: looking at all of a busy machine takes long. */
const SLICE = 16

/** Environment variable that marks every process of a session: « runner.session ». */
export const TAG = 'PRISE_DIRECTE_SESSION'

export interface Process {
  pid: number
  parent: number
  /** Id of the terminal session (Linux) or of the process group (macOS): survives the death of the parent. */
  group: number
  /** Tells two processes apart when the system gives a pid again. */
  startTime: string
  /** Value of `TAG` in its environment, where the system lets us read it. */
  tag: string | null
}

/** Tags of the processes that were there before their session: what the system says of their environment is older. */
const retagged = new Map<number, string>()

/** From now on, and until `forgetTag`, the tag of a process of ours is this one. */
export function retag(pid: number, tag: string): void {
  retagged.set(pid, tag)
}

/** A process that was given a tag is gone. */
export function forgetTag(pid: number): void {
  retagged.delete(pid)
}

/** The tag of a process, from what its environment says as `name=value` entries; null when it has none. */
export function tagIn(pid: number, environment: readonly string[]): string | null {
  const entry = environment.find((entry) => entry.startsWith(`${TAG}=`))
  return retagged.get(pid) ?? entry?.slice(TAG.length + 1) ?? null
}

let looking: Promise<Process[]> | null = null
let next: Promise<Process[]> | null = null

/**
 * All living processes of the machine, as they are after this call; those who ask together share one look.
 * Empty on Windows, where `taskkill` walks the tree itself. Rejects when the system has no descriptor left to look.
 */
export function processTable(): Promise<Process[]> {
  if (!looking) return look()
  next ??= looking.then(look, look)
  return next
}

function look(): Promise<Process[]> {
  next = null
  const found = read().finally(() => {
    if (looking === found) looking = null
  })
  looking = found
  return found
}

async function read(): Promise<Process[]> {
  if (process.platform === 'win32') return []
  if (process.platform !== 'linux') {
    return parsePs((await run('ps', ['-axo', 'pid=,ppid=,pgid=,stat=,lstart='])).stdout)
  }
  const table: Process[] = []
  const names = linuxPids()
  for (let at = 0; at < names.length; at += SLICE) {
    table.push(...linuxSlice(names.slice(at, at + SLICE)))
    await turn()
  }
  return table
}

/** The same, at once, for a process that ends; empty where that cannot be. */
export function processTableNow(): Process[] {
  try {
    return process.platform === 'linux' ? linuxSlice(linuxPids()) : []
  } catch {
    return []
  }
}

/** The start times of `pids`, without looking at all the others where that can be; '' for those that are gone. */
export async function startTimes(pids: readonly number[]): Promise<string[]> {
  if (process.platform === 'linux') return pids.map((pid) => linuxProcess(String(pid))?.startTime ?? '')
  const table = await processTable()
  return pids.map((pid) => table.find((process) => process.pid === pid)?.startTime ?? '')
}

function linuxPids(): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name))
}

function linuxSlice(pids: readonly string[]): Process[] {
  const table: Process[] = []
  for (const pid of pids) {
    const found = linuxProcess(pid)
    if (found) table.push({ ...found, tag: linuxTag(pid) })
  }
  return table
}

/** What the kernel says of a living process; null when there is none. */
function linuxProcess(pid: string): Process | null {
  const stat = readProc(`/proc/${pid}/stat`)
  if (stat === null) return null
  // The command is between parentheses and may hold anything, parentheses included.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields[0] === 'Z' || fields[0] === 'X') return null
  const [, parent, , group] = fields
  const startTime = fields[19] ?? ''
  return { pid: Number(pid), parent: Number(parent), group: Number(group), startTime, tag: null }
}

function linuxTag(pid: string): string | null {
  const environ = readProc(`/proc/${pid}/environ`)
  if (environ === null) return null
  return tagIn(Number(pid), environ.split('\0'))
}

const NO_DESCRIPTOR = new Set(['EMFILE', 'ENFILE'])

/** A file of /proc; null when it is gone or not ours. Throws when it could not be looked at: that is not « gone ». */
function readProc(path: string): string | null {
  try {
    return readFileSync(path, 'latin1')
  } catch (error) {
    if (NO_DESCRIPTOR.has((error as NodeJS.ErrnoException).code ?? '')) throw error
    return null
  }
}

/** Reads the output of `ps -axo pid=,ppid=,pgid=,stat=,lstart=`. */
export function parsePs(text: string): Process[] {
  const table: Process[] = []
  for (const line of text.split('\n')) {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line)
    if (!match || match[4]!.startsWith('Z')) continue
    const [, pid, parent, group, , startTime] = match
    table.push({
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      startTime: startTime!,
      tag: null,
    })
  }
  return table
}

/** The processes of the session whose leader is `root` and whose tag is `tag`. */
export function treeOf(table: readonly Process[], root: number, tag: string): Process[] {
  const members = new Set(
    table.filter((p) => p.pid === root || p.group === root || p.tag === tag).map(({ pid }) => pid),
  )
  for (let grown = true; grown; ) {
    grown = false
    for (const { pid, parent } of table) {
      if (members.has(parent) && !members.has(pid)) grown = Boolean(members.add(pid))
    }
  }
  return table.filter(({ pid }) => members.has(pid))
}

/** Sends `signal` to each; those already gone are ignored. */
export function signalAll(processes: readonly { pid: number }[], signal: NodeJS.Signals): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, signal)
    } catch {
      // Already gone.
    }
  }
}

/** Ends the tree of `root` on Windows, where there are no signals. */
export async function taskkill(root: number): Promise<void> {
  await run('taskkill', ['/PID', String(root), '/T', '/F']).catch(() => {})
}
