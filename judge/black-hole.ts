/** A port that neither refuses nor accepts: its queue is full, and nobody empties it (Linux and macOS). */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** What the other process runs: it fills its own queue, says its port, then stops for good before it accepts anyone. */
const CODE = `
const { connect, createServer } = require('node:net')
const server = createServer()
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  const { port } = server.address()
  for (let i = 0; i < 4; i++) connect(port, '127.0.0.1').on('error', () => {})
  require('node:fs').writeSync(1, port + '\\n')
  process.nextTick(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0))
})`

export async function openBlackHole(): Promise<{ port: number; pid: number; close(): void }> {
  const child = spawn(process.execPath, ['-e', CODE], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [line] = await once(child.stdout, 'data')
  return { port: Number(String(line)), pid: child.pid!, close: () => child.kill('SIGKILL') }
}
