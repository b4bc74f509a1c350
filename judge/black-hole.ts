/** A black hole of this machine: a process that keeps its port and never accepts (Linux and macOS). */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { BlackHole } from './host.ts'
import { attempts, inodesOf } from './system.ts'

/** What the process runs: it fills its own queue, says its port, then stops for good before it accepts anyone. */
const CODE = `
const { connect, createServer } = require('node:net')
const server = createServer()
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  const { port } = server.address()
  for (let i = 0; i < 4; i++) connect(port, '127.0.0.1').on('error', () => {})
  require('node:fs').writeSync(1, port + '\\n')
  process.nextTick(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0))
})`

export async function openBlackHole(): Promise<BlackHole> {
  const child = spawn(process.execPath, ['-e', CODE], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [line] = await once(child.stdout, 'data')
  const port = Number(String(line))
  return {
    port,
    tried() {
      // What fills its queue is its own.
      const own = inodesOf([child.pid!])
      return attempts(port).some((inode) => !own.has(inode))
    },
    close: () => child.kill('SIGKILL'),
  }
}
