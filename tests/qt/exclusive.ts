/**
 * The scenarios name their ports: two of them cannot be played at once on a machine, whatever the program or the
 * working copy that plays them. Holding this loopback port is holding the right to play.
 */
import { connect, createServer, type Server, type Socket } from 'node:net'

const LOCK = 20_999

/** Plays when nobody else does. */
export async function exclusive<T>(play: () => Promise<T>): Promise<T> {
  const waiting = new Set<Socket>()
  const lock = await acquire(waiting)
  try {
    return await play()
  } finally {
    lock.close()
    for (const socket of waiting) socket.destroy()
  }
}

async function acquire(waiting: Set<Socket>): Promise<Server> {
  for (;;) {
    const lock = createServer((socket) => waiting.add(socket.on('error', () => {})))
    const held = await new Promise<boolean>((resolve, reject) => {
      lock.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'EADDRINUSE') resolve(false)
        else reject(error)
      })
      lock.listen(LOCK, '127.0.0.1', () => resolve(true))
    })
    if (held) return lock
    // Whoever holds the lock cuts this connection when it is done.
    await new Promise((resolve) =>
      connect(LOCK, '127.0.0.1')
        .on('error', () => {})
        .on('close', resolve),
    )
  }
}
