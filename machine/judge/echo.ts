/** The reference echo of the witness: a program like the learner's, that only answers. */
import { type AddressInfo, createServer } from 'node:net'

const server = createServer((client) => {
  client.setNoDelay(true)
  client.on('data', (data) => client.write(data))
  client.on('error', () => {})
})
server.listen(0, '127.0.0.1', () => console.log(String((server.address() as AddressInfo).port)))
