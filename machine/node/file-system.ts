/** The little of `node:fs` that the programs use: files in memory, and the system's table of TCP sockets. */
import { type Endpoint, isV4, type TcpRow, unwrapped } from '../network.ts'
import { host } from '../role/realm.ts'

type Data = string | Uint8Array
type Encoding = string | { encoding?: string } | undefined

const utf8 = new TextEncoder()
const bytesOf = (data: Data) => (typeof data === 'string' ? utf8.encode(data) : data.slice())

/** `documents`: the files that there are at the beginning. */
export function fileSystem(documents: Readonly<Record<string, string | Uint8Array>>) {
  const files = new Map(Object.entries(documents).map(([path, text]) => [path, bytesOf(text)]))
  // Asked for before the program runs: the table is known when it is read.
  host().send({ t: 'table' })

  function readFileSync(path: unknown, encoding: Encoding): string | Buffer {
    const name = String(path)
    const bytes = name === '/proc/net/tcp' ? utf8.encode(procNetTcp(host().rows)) : files.get(name)
    if (!bytes) throw noEntry(name)
    const wanted = typeof encoding === 'string' ? encoding : encoding?.encoding
    const content = Buffer.from(bytes)
    return wanted ? content.toString(wanted as BufferEncoding) : content
  }

  function appendFileSync(path: unknown, data: Data): void {
    const [before, after] = [files.get(String(path)) ?? new Uint8Array(), bytesOf(data)]
    const all = new Uint8Array(before.length + after.length)
    all.set(before)
    all.set(after, before.length)
    files.set(String(path), all)
    tell(path, data, true)
  }

  /** What starts this program may read what it writes. */
  function tell(path: unknown, data: Data, append: boolean): void {
    host().tell({ t: 'file', path: String(path), bytes: bytesOf(data), append })
  }

  return {
    readFileSync,
    appendFileSync,
    writeFileSync(path: unknown, data: Data) {
      files.set(String(path), bytesOf(data))
      tell(path, data, false)
    },
    existsSync: (path: unknown) => files.has(String(path)),
    readdirSync(path: unknown) {
      const folder = `${String(path).replace(/\/$/, '')}/`
      const inside = [...files.keys()].filter((name) => name.startsWith(folder))
      return [...new Set(inside.map((name) => name.slice(folder.length).split('/')[0]!))]
    },
  }
}

function noEntry(path: string): Error {
  const facts = { errno: -2, code: 'ENOENT', syscall: 'open', path }
  return Object.assign(new Error(`ENOENT: no such file or directory, open '${path}'`), facts)
}

const hex = (value: number, width: number) => value.toString(16).toUpperCase().padStart(width, '0')

/** As Linux writes it: hexadecimal, bytes from right to left. */
function written({ address, port }: Endpoint): string {
  const bytes = unwrapped(address).split('.').reverse()
  return `${bytes.map((byte) => hex(Number(byte), 2)).join('')}:${hex(port, 4)}`
}

function procNetTcp(rows: readonly TcpRow[]): string {
  const lines = rows
    .filter(({ local }) => isV4(local.address))
    .map(({ local, remote, state }, at) => {
      const ends = `${written(local)} ${written(remote)} ${hex(state, 2)}`
      return `${String(at).padStart(4)}: ${ends} 00000000:00000000 00:00000000 00000000  1000        0 ${1000 + at} 1`
    })
  return `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
${lines.map((line) => `${line}\n`).join('')}`
}
