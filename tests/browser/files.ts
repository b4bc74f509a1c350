/** Servers of files that know nothing of the course, as a school's web space has: for sites without a runner. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { lookup } from 'mrmime'

export interface FileServer {
  /** Its address, without a last slash. */
  readonly url: string
  close(): void
}

/** Serves `dir`, with no header but the type. */
export async function nodeFiles(dir: string): Promise<FileServer> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://files').pathname)
    const file = [join(dir, path), join(dir, path, 'index.html')].find(isFile)
    if (!file) return void response.writeHead(404).end()
    response.writeHead(200, { 'Content-Type': lookup(file) ?? 'application/octet-stream' })
    createReadStream(file).pipe(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { url: `http://localhost:${port}`, close }
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile()
}

/** Why Python's own server cannot be had here, or false. */
export const noPython = spawnSync('python3', ['--version']).status === 0 ? false : 'python3 est absent'

/** Serves `dir` with `python3 -m http.server`. */
export async function pythonFiles(dir: string): Promise<FileServer> {
  const args = ['-u', '-m', 'http.server', '0', '--bind', '127.0.0.1', '--directory', dir]
  const server = spawn('python3', args, { stdio: ['ignore', 'pipe', 'ignore'] })
  for await (const line of createInterface(server.stdout)) {
    const port = /port (\d+)/.exec(line)?.[1]
    if (port) return { url: `http://localhost:${port}`, close: () => server.kill() }
  }
  throw new Error('python3 ended')
}
