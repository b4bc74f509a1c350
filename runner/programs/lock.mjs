/**
 * Lets one process at a time do something, among all those of the project. Plain JavaScript for the machine's own Node
 * (20 or later): `scripts/run.mjs` needs it before anything is installed.
 */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** Between two tries, and between two signs of life of the owner, in ms. */
const RETRY = 100
const BEAT = 1000
/** How long who waits may see no sign of life, in ms: the owner died, and another process has its number by now. */
const SILENCE = 30_000

/**
 * Runs `task` while the file `path` is ours; waits for another process to release it, unless that one is dead.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} task must let the event loop turn
 * @param {() => void} [onWait] called once when another process holds it
 * @returns {Promise<T>}
 */
export async function withLock(path, task, onWait) {
  const owner = `${process.pid} ${randomBytes(8).toString('hex')}`
  mkdirSync(dirname(path), { recursive: true })
  await take(path, owner, onWait)
  const beat = setInterval(() => touch(path), BEAT)
  try {
    return await task()
  } finally {
    clearInterval(beat)
    if (read(path) === owner) rmSync(path, { force: true })
  }
}

/**
 * @param {string} path
 * @param {string} owner
 * @param {(() => void) | undefined} onWait
 */
async function take(path, owner, onWait) {
  let seen = ''
  let since = performance.now()
  while (!create(path, owner)) {
    const holder = read(path)
    const sign = `${holder} ${age(path)}`
    if (sign !== seen) since = performance.now()
    seen = sign
    if (holder && (isDead(holder) || performance.now() - since > SILENCE)) remove(path, holder)
    else {
      onWait?.()
      onWait = undefined
      await delay(RETRY)
    }
  }
}

/**
 * @param {string} path
 * @param {string} owner
 */
function create(path, owner) {
  try {
    writeFileSync(path, owner, { flag: 'wx' })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/**
 * Takes the lock away from a dead holder, one process at a time: it may be another's by now.
 * @param {string} path
 * @param {string} holder
 */
function remove(path, holder) {
  const guard = `${path}.dead`
  try {
    mkdirSync(guard)
  } catch {
    // Who was here died in the middle.
    if (Date.now() - age(guard) > SILENCE) rmSync(guard, { recursive: true, force: true })
    return
  }
  if (read(path) === holder) rmSync(path, { force: true })
  rmdirSync(guard)
}

/** @param {string} holder */
function isDead(holder) {
  try {
    process.kill(Number(holder.split(' ')[0]), 0)
    return false
  } catch (error) {
    // EPERM: it lives, and belongs to another user.
    return codeOf(error) === 'ESRCH'
  }
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** @param {string} path */
function touch(path) {
  try {
    utimesSync(path, new Date(), new Date())
  } catch {
    // Taken away: we were thought dead.
  }
}

/** When a file or a folder last changed, in ms; 0 when it is gone.
 * @param {string} path
 */
function age(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

/** @param {unknown} error */
function codeOf(error) {
  return /** @type {NodeJS.ErrnoException} */ (error).code
}
