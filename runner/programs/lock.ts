/** Lets one process at a time do something, among all those of the project. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** Between two tries, in ms. */
const RETRY = 100

/** Runs `task` while the folder `path` is ours; waits for another process to release it, unless that one is dead. */
export async function withLock<T>(path: string, task: () => Promise<T>): Promise<T> {
  const owner = join(path, 'pid')
  mkdirSync(dirname(path), { recursive: true })
  while (!take(path)) {
    if (ownerIsDead(owner)) rmSync(path, { recursive: true, force: true })
    else await delay(RETRY)
  }
  try {
    writeFileSync(owner, String(process.pid))
    return await task()
  } finally {
    rmSync(path, { recursive: true, force: true })
  }
}

function take(path: string): boolean {
  try {
    mkdirSync(path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function ownerIsDead(owner: string): boolean {
  try {
    process.kill(Number(readFileSync(owner, 'utf8')), 0)
    return false
  } catch (error) {
    // Anything else: it has only just been taken, or its owner is another user's.
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
