/** The other terminals that the bench measures beside ours, each running the same program. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { WebSocketServer } from 'ws'
import { Pty } from '../../runner/terminal/pty.ts'
import { ROOT } from '../../scripts/build.ts'

/** What every terminal runs. */
export const PROGRAM = [process.execPath, join(ROOT, 'bench', 'labs', 'refus', 'serveur.ts')]

export interface Peer {
  name: string
  /** The page to open in a browser. */
  page: string
  /** Its WebSocket, and how a key is said there; null when only its page is measured. */
  wire: { url: string; protocols?: string[]; key(text: string): string | Uint8Array; hello?: string } | null
  /** Whose memory counts. */
  pid: number
  close(): void
}

const XTERM = join(ROOT, 'node_modules', '@xterm', 'xterm')
const FILES: Readonly<Record<string, [string, string]>> = {
  '/': [join(import.meta.dirname, 'page.html'), 'text/html; charset=utf-8'],
  '/xterm.mjs': [join(XTERM, 'lib', 'xterm.mjs'), 'text/javascript'],
  '/xterm.css': [join(XTERM, 'css', 'xterm.css'), 'text/css'],
}

/** Serves the bare page, and on `/ws` the program in a pty: what any bridge does, and no more. */
export async function witness(): Promise<Peer> {
  const server = createServer((request, response) => {
    const [file, type] = FILES[new URL(request.url ?? '/', 'http://localhost').pathname] ?? []
    if (!file) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'content-type': type! })
    createReadStream(file).pipe(response)
  })
  const ptys = new Set<Pty>()
  new WebSocketServer({ server, path: '/ws' }).on('connection', (socket) => {
    const env = { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', TERM: 'xterm-256color' }
    const pty = new Pty({ file: PROGRAM[0]!, args: PROGRAM.slice(1), cwd: ROOT, env }, 100, 30)
    ptys.add(pty)
    pty.onData((bytes) => socket.send(bytes))
    pty.onExit(() => ptys.delete(pty))
    socket.on('message', (data) => pty.write(data as Buffer))
    socket.on('close', () => pty.alive() && process.kill(pty.pid, 'SIGKILL'))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = `ws://127.0.0.1:${port}/ws`
  return {
    name: 'xterm nu',
    page: `http://127.0.0.1:${port}/?ws=${encodeURIComponent(url)}`,
    wire: { url, key: (text) => text },
    pid: process.pid,
    close: () => {
      for (const { pid } of ptys) process.kill(pid, 'SIGKILL')
      server.closeAllConnections()
      server.close()
    },
  }
}

/** terminado behind the bare page, or null when this machine's Python has none. Rejects when it does not start. */
export async function terminado(barePage: string): Promise<Peer | null> {
  const python = ['/usr/bin/python3', 'python3'].find(
    (command) => spawnSync(command, ['-c', 'import terminado, tornado']).status === 0,
  )
  if (!python) return null
  const child = spawn(python, [join(import.meta.dirname, 'serve_terminado.py'), ...PROGRAM], {
    // It complains of each page that leaves in a flood.
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const line = await firstOf(child, child.stdout, /^(\d+)\n/)
  const url = `ws://127.0.0.1:${line}/ws`
  const query = new URLSearchParams({ protocole: 'terminado', ws: url })
  return {
    name: 'terminado',
    page: `${new URL(barePage).origin}/?${query}`,
    wire: { url, key: (text) => JSON.stringify(['stdin', text]) },
    pid: child.pid!,
    close: () => end(child),
  }
}

/** ttyd, or null where it is not installed. */
export async function ttyd(): Promise<Peer | null> {
  if (spawnSync('ttyd', ['--version']).status !== 0) return null
  const args = ['-p', '0', '-i', '127.0.0.1', '-W', '-t', 'rendererType=dom', '-t', 'fontSize=13']
  const child = spawn('ttyd', [...args, ...PROGRAM], { stdio: ['ignore', 'ignore', 'pipe'] })
  const port = await firstOf(child, child.stderr, /port: (\d+)/i)
  return {
    name: 'ttyd',
    page: `http://127.0.0.1:${port}/`,
    wire: {
      url: `ws://127.0.0.1:${port}/ws`,
      protocols: ['tty'],
      hello: JSON.stringify({ AuthToken: '', columns: 100, rows: 30 }),
      key: (text) => Buffer.from(`0${text}`),
    },
    pid: child.pid!,
    close: () => end(child),
  }
}

/** What `pattern` finds first in what a child says; rejects when the child ends without it. */
async function firstOf(child: ChildProcess, output: Readable, pattern: RegExp): Promise<string> {
  let said = ''
  // Closed, it would end who still writes to it.
  for await (const text of output.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    said += text
    const [, found] = pattern.exec(said) ?? []
    if (found) {
      output.resume()
      return found
    }
  }
  throw new Error(`${child.spawnfile} ended: ${said}`)
}

function end(child: ChildProcess): void {
  child.kill('SIGKILL')
}
