/** Opens the course in the system's browser without giving its token to whoever lists the processes. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const COMMAND = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open'
/** How long a browser may take to start and read the page that leads to the course, in ms. */
const KEPT = 60_000

/**
 * Opens `url` through a page in `dir` that only its owner can read, and that leads there: the arguments of a command
 * are everyone's to read. The page is removed after a minute, when the process exits, or by the function returned.
 * A machine without a browser, or a folder that cannot be written, is no error: the address is printed anyway.
 */
export function openBrowser(url: string, dir: string): () => void {
  const page = join(dir, `ouvrir-${randomBytes(8).toString('hex')}.html`)
  const remove = () => {
    try {
      rmSync(page, { force: true })
    } catch {
      // The folder is no longer ours to write: its owner alone can read what stays there.
    }
  }
  try {
    mkdirSync(dir, { recursive: true })
    writeFileSync(page, redirection(url), { mode: 0o600, flag: 'wx' })
  } catch {
    return remove
  }
  setTimeout(remove, KEPT).unref()
  process.once('exit', remove)
  spawn(COMMAND, [page], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref()
  return remove
}

function redirection(url: string): string {
  return (
    '<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="referrer" content="no-referrer">' +
    `<title>Prise directe</title><meta http-equiv="refresh" content="0;url=${url}">` +
    `<p><a href="${url}">Ouvrir le cours</a></p></html>\n`
  )
}
