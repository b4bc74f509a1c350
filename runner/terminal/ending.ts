/** How a program is ended: asked, then told, then killed, with every process it started. */
import { setTimeout as delay } from 'node:timers/promises'
import { processTable, signalAll, taskkill, treeOf } from '../processes/table.ts'
import type { RunningProgram } from './program.ts'

/** After Ctrl+C, how long before SIGTERM, then before SIGKILL, in ms. */
const TERM_AFTER = 1000
const KILL_AFTER = 3000
/** Between two looks at what is still there, in ms, and how many: a process that nothing ends must not hold us. */
const LOOK_AGAIN = 20
const LOOKS = 150

/** The processes of a session; its program's own group when the system cannot be asked. */
async function treeOrGroup(root: number, tag: string): Promise<{ pid: number }[]> {
  return processTable().then(
    (table) => treeOf(table, root, tag),
    () => [{ pid: -root }],
  )
}

/** Kills every process of the session of leader `root` and tag `tag`; resolves when none is left. Never rejects. */
export async function killTree(root: number, tag: string): Promise<void> {
  for (let look = 0; look < LOOKS; look += 1) {
    const tree = await treeOrGroup(root, tag)
    if (tree.length === 0) return
    signalAll(tree, 'SIGKILL')
    await delay(LOOK_AGAIN)
  }
}

/** Ends a program: Ctrl+C, then SIGTERM, then SIGKILL to all its processes, until `ended` resolves. */
export async function endGradually(
  program: RunningProgram,
  tag: string,
  ended: Promise<unknown>,
): Promise<void> {
  if (process.platform === 'win32') return taskkill(program.pid)
  program.interrupt()
  const term = setTimeout(async () => signalAll(await treeOrGroup(program.pid, tag), 'SIGTERM'), TERM_AFTER)
  const kill = setTimeout(() => killTree(program.pid, tag), KILL_AFTER)
  await ended
  clearTimeout(term)
  clearTimeout(kill)
}
