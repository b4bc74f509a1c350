/** `x.opt NAME [VALUE]`: writes an option of a socket when a value is given, then reads it. */
import { QAbstractSocket } from '../../labs/qt-network/index.ts'

const { SocketOption } = QAbstractSocket

const OPTIONS = {
  LowDelay: SocketOption.LowDelayOption,
  KeepAlive: SocketOption.KeepAliveOption,
  MulticastTtl: SocketOption.MulticastTtlOption,
  MulticastLoopback: SocketOption.MulticastLoopbackOption,
  TypeOfService: SocketOption.TypeOfServiceOption,
  SendBuffer: SocketOption.SendBufferSizeSocketOption,
  ReceiveBuffer: SocketOption.ReceiveBufferSizeSocketOption,
}

/** @returns false when there is no such option. */
export function option(
  socket: QAbstractSocket,
  [name = '', value]: string[],
  result: (text: string) => boolean,
): boolean {
  if (!Object.hasOwn(OPTIONS, name)) return false
  const option = OPTIONS[name as keyof typeof OPTIONS]
  if (value !== undefined) socket.setSocketOption(option, Number(value))
  return result(String(socket.socketOption(option) ?? ''))
}
