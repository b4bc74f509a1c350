/** How the recordings write what happened; the same texts as the recorder built on real Qt. */
import { type QAbstractSocket, QHostAddress, type QTcpSocket } from '../../labs/qt-network/index.ts'

const SHOWN = 72

/** Bytes between quotes: printable ASCII, `\n \r \t`, others `\xhh`; cut after 72 signs. */
export function quoted(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes.subarray(0, SHOWN + 1)) text += byteText(byte)
  return text.length > SHOWN ? `"${text.slice(0, SHOWN)}…"` : `"${text}"`
}

const NAMED: Readonly<Record<number, string>> = { 10: '\\n', 13: '\\r', 9: '\\t', 34: '\\"', 92: '\\\\' }

function byteText(byte: number): string {
  const named = NAMED[byte]
  if (named !== undefined) return named
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`
}

export function tcpState(socket: QTcpSocket): string {
  return `   <${socket.state()} avail=${socket.bytesAvailable()} towrite=${socket.bytesToWrite()}>`
}

export function udpState(socket: QAbstractSocket): string {
  return `   <${socket.state()}>`
}

export function errorText(socket: { errorString(): string }, error: unknown): string {
  return `${error} «${socket.errorString()}»`
}

export function endpoint(address: QHostAddress, port: number): string {
  return `${address}#${port}`
}

/** `Any`, `AnyIPv4`… or an address as text. */
export function address(text: string): QHostAddress {
  const { Any, AnyIPv4, AnyIPv6, LocalHost, LocalHostIPv6, Broadcast } = QHostAddress
  const special: Record<string, QHostAddress> = { Any, AnyIPv4, AnyIPv6, LocalHost, LocalHostIPv6, Broadcast }
  return special[text] ?? new QHostAddress(text)
}
