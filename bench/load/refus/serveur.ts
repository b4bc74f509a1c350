/**
 * Takes the load, over TCP and UDP on the same port: answers the end of a connection with how many bytes came, and each
 * `WINDOW` datagrams with one.
 */
import { createSocket } from 'node:dgram'
import { type AddressInfo, createServer } from 'node:net'

/** As in `client.ts`. */
const WINDOW = 64

const udp = createSocket('udp4')
let datagrams = 0
udp.on('message', (_, { port, address }) => {
  datagrams += 1
  if (datagrams % WINDOW === 0) udp.send(String(datagrams), port, address)
})

const tcp = createServer({ allowHalfOpen: true }, (socket) => {
  let bytes = 0
  socket.on('data', (block) => {
    bytes += block.length
  })
  socket.on('end', () => socket.end(String(bytes)))
})

// The port is asked for over TCP: one that is free over UDP may be held by a connection that has just ended.
tcp.listen(0, '127.0.0.1', () => {
  const { port } = tcp.address() as AddressInfo
  udp.bind(port, '127.0.0.1', () => console.log(`Serveur lancé sur le port : ${port}`))
})
