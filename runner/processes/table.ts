/** The processes of a session: its program, all its descendants, and those that tried to leave. */
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'

const run = promisify(execFile)

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

/** All living processes of the machine. Empty on Windows, where `taskkill` walks the tree itself. */
export async function processTable(): Promise<Process[]> {
  if (process.platform === 'linux') return linuxTable()
  if (process.platform === 'win32') return []
  return parsePs((await run('ps', ['-axo', 'pid=,ppid=,pgid=,stat=,lstart='])).stdout)
}

/** The same, at once, for a process that ends; empty where that cannot be. */
export function processTableNow(): Process[] {
  return process.platform === 'linux' ? linuxTable() : []
}

/** The start times of `pids`, without looking at all the others where that can be; '' for those that are gone. */
export async function startTimes(pids: readonly number[]): Promise<string[]> {
  if (process.platform === 'linux') return pids.map((pid) => linuxProcess(String(pid))?.startTime ?? '')
  const table = await processTable()
  return pids.map((pid) => table.find((process) => process.pid === pid)?.startTime ?? '')
}

function linuxTable(): Process[] {
  const table: Process[] = []
  for (const name of readdirSync('/proc')) {
    const found = /^\d+$/.test(name) && linuxProcess(name)
    if (found) table.push({ ...found, tag: linuxTag(name) })
  }
  return table
}

/** What the kernel says of a living process; null when there is none. */
function linuxProcess(pid: string): Process | null {
  try {
    // The command is between parentheses and may hold anything, parentheses included.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return null
    const [, parent, , group] = fields
    const startTime = fields[19] ?? ''
    return { pid: Number(pid), parent: Number(parent), group: Number(group), startTime, tag: null }
  } catch {
    return null
  }
}

function linuxTag(pid: string): string | null {
  try {
    const environ = `\0${readFileSync(`/proc/${pid}/environ`, 'latin1')}`
    const at = environ.indexOf(`\0${TAG}=`)
    return at === -1 ? null : environ.slice(at + TAG.length + 2, environ.indexOf('\0', at + 1))
  } catch {
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
