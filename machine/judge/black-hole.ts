/** A port that neither refuses nor accepts: it fills its own queue, says its port, then stops for good. */
import { type AddressInfo, connect, createServer } from 'node:net'
import { FILLING } from './filling.ts'

const server = createServer()
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  const { port } = server.address() as AddressInfo
  for (let i = 0; i < FILLING; i++) connect(port, '127.0.0.1').on('error', () => {})
  console.log(String(port))
  process.nextTick(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0))
})
