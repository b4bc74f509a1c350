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
 * A machine without a browser is no error.
 */
export function openBrowser(url: string, dir: string): () => void {
  mkdirSync(dir, { recursive: true })
  const page = join(dir, `ouvrir-${randomBytes(8).toString('hex')}.html`)
  writeFileSync(
    page,
    '<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="referrer" content="no-referrer">' +
      `<title>Prise directe</title><meta http-equiv="refresh" content="0;url=${url}">` +
      `<p><a href="${url}">Ouvrir le cours</a></p></html>\n`,
    { mode: 0o600, flag: 'wx' },
  )
  const remove = () => rmSync(page, { force: true })
  setTimeout(remove, KEPT).unref()
  process.once('exit', remove)
  spawn(COMMAND, [page], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref()
  return remove
}
