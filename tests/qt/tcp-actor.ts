import { QAbstractSocket, type QHostAddress, QTcpSocket } from '../../labs/qt-network/index.ts'
import { endpoint, errorText, quoted, tcpState } from './format.ts'
import { type Actor, disconnectObject, type Journal } from './journal.ts'
import { bytesOf } from './language.ts'
import { option } from './options.ts'

/** What a socket does with what it receives: `x.mode ack PFX`. */
export interface Mode {
  name: string
  arg: string
}

/** A QTcpSocket of the scenario, created by it or accepted by a server. */
export class TcpActor implements Actor {
  readonly id: string
  readonly socket: QTcpSocket
  mode: Mode
  muted: boolean
  bytes = 0
  destroyed = false
  /** Where `connectToHost` last went, for the mode `reconnect`. */
  #target: [string, number] = ['', 0]
  #readyReads = 0
  #reads = 0
  readonly #journal: Journal

  constructor(
    id: string,
    journal: Journal,
    socket = new QTcpSocket(),
    mode: Mode = { name: 'readAll', arg: '' },
    muted = false,
  ) {
    this.id = id
    this.socket = socket
    this.mode = mode
    this.muted = muted
    this.#journal = journal
    const state = () => tcpState(socket)
    const plain = (name: string) => () => name + state()
    journal.watch(id, socket.stateChanged, 'stateChanged', (value) => `stateChanged ${value}${state()}`)
    journal.watch(
      id,
      socket.errorOccurred,
      'errorOccurred',
      (error) => `errorOccurred ${errorText(socket, error)}${state()}`,
    )
    for (const name of [
      'hostFound',
      'connected',
      'disconnected',
      'aboutToClose',
      'readChannelFinished',
    ] as const) {
      journal.watch(id, socket[name], name, plain(name))
    }
    journal.watch(id, socket.bytesWritten, 'bytesWritten', (count) =>
      this.muted ? null : `bytesWritten ${count}${state()}`,
    )
    journal.watch(id, socket.readyRead, 'readyRead', () => {
      if (this.muted) return null
      this.#readyReads += 1
      return `readyRead${state()}`
    })
    socket.readyRead.connect(() => this.#receive())
    journal.watch(id, socket.destroyed, 'destroyed', () => {
      this.destroyed = true
      return 'destroyed'
    })
    socket.errorOccurred.connect(() => this.#reconnect())
    socket.disconnected.connect(() => this.#reconnect())
    const { stateChanged, errorOccurred, hostFound, connected, disconnected, aboutToClose } = socket
    const { readChannelFinished, bytesWritten, readyRead } = socket
    journal.follow(id, { stateChanged, errorOccurred, hostFound, connected, disconnected, aboutToClose })
    journal.follow(id, { readChannelFinished, bytesWritten, readyRead })
  }

  /** Mode `reconnect N`: N more tries, made in the slot that learns the end. */
  #reconnect(): void {
    const { name, arg } = this.mode
    const left = Number(arg === '' ? 1 : arg)
    if (name !== 'reconnect' || left <= 0) return
    if (this.socket.state() !== QAbstractSocket.SocketState.UnconnectedState) return
    this.mode = { name, arg: String(left - 1) }
    this.socket.connectToHost(...this.#target)
  }

  #receive(): void {
    const { name, arg } = this.mode
    if (name === 'none') return
    if (name === 'line') {
      while (this.socket.canReadLine()) this.#read('readLine', this.socket.readLine())
    } else if (name === 'chunk') this.#read('read', this.socket.read(Number(arg)))
    else {
      const bytes = this.#read('readAll', this.socket.readAll())
      if (name === 'echo') this.socket.write(bytes)
      else if (name === 'ack' || name === 'reply') this.socket.write(Buffer.concat([bytesOf(arg), bytes]))
    }
    this.#journal.changed()
  }

  #read(how: string, bytes: Buffer): Buffer {
    this.bytes += bytes.length
    this.#reads += 1
    if (!this.muted) {
      this.#journal.line(`  ${this.id} ${how} ${bytes.length} ${quoted(bytes)}${tcpState(this.socket)}`)
    }
    return bytes
  }

  call(verb: string, args: string[], echo: string): boolean {
    const { socket, id } = this
    const result = (text: string) => {
      this.#journal.line(`> ${id}.${verb}${echo === '' ? '' : ` ${echo}`} = ${text}`)
      return true
    }
    const bracket = (action: () => void) => {
      this.#journal.line(`> ${id}.${verb}${echo === '' ? '' : ` ${echo}`}`)
      action()
      this.#journal.line(`< ${verb}${tcpState(socket)}`)
      return true
    }
    const read = (bytes: Buffer) => result(`${bytes.length} ${quoted(bytes)}`)
    switch (verb) {
      case 'connectToHost':
        this.#target = [args[0] ?? '', Number(args[1])]
        return bracket(() => socket.connectToHost(...this.#target))
      case 'disconnectFromHost':
      case 'close':
      case 'abort':
        return bracket(() => socket[verb]())
      case 'write':
        return result(`${socket.write(bytesOf(args.join(' ')))} towrite=${socket.bytesToWrite()}`)
      case 'writen':
        return result(`${socket.write(Buffer.alloc(Number(args[0]), 'x'))} towrite=${socket.bytesToWrite()}`)
      case 'flush':
        return result(`${socket.flush()} towrite=${socket.bytesToWrite()}`)
      case 'readAll':
        return read(this.#counted(socket.readAll()))
      case 'readLine':
        return read(this.#counted(socket.readLine(Number(args[0] ?? 0))))
      case 'read':
        return read(this.#counted(socket.read(Number(args[0]))))
      case 'peek':
        return read(socket.peek(Number(args[0])))
      case 'canReadLine':
        return result(String(socket.canReadLine()))
      case 'atEnd':
        return result(String(socket.atEnd()))
      case 'skip':
        return result(`${socket.skip(Number(args[0]))} avail=${socket.bytesAvailable()}`)
      case 'startTransaction':
      case 'commitTransaction':
      case 'rollbackTransaction':
        socket[verb]()
        return result(`started=${socket.isTransactionStarted()} avail=${socket.bytesAvailable()}`)
      case 'opt':
        return option(socket, args, result)
      case 'state':
        return result(this.#describe())
      case 'total':
        return result(`bytes=${this.bytes} readyRead=${this.#readyReads} datagrams=0 batches=${this.#reads}`)
      case 'mode':
        this.mode = { name: args[0] ?? '', arg: args.slice(1).join(' ') }
        return true
      case 'mute':
        this.muted = true
        return true
      case 'delete':
      case 'deleteLater':
        this.#journal.line(`> ${verb}`)
        socket.deleteLater()
        return true
      case 'objectDisconnect':
        disconnectObject(this.#journal, socket, () => tcpState(socket))
        return true
      default:
        return false
    }
  }

  #counted(bytes: Buffer): Buffer {
    this.bytes += bytes.length
    this.#reads += 1
    return bytes
  }

  #describe(): string {
    const { socket } = this
    const open = socket.isOpen() ? 1 : 0
    return [
      `state=${socket.state()} error=${errorText(socket, socket.error())}`,
      `isOpen=${open} isValid=${socket.isValid() ? 1 : 0}`,
      `local=${endpoint(socket.localAddress(), socket.localPort())}`,
      `peer=${endpoint(socket.peerAddress(), socket.peerPort())} peerName=${socket.peerName()}`,
      `avail=${socket.bytesAvailable()} towrite=${socket.bytesToWrite()}`,
    ].join(' ')
  }

  end(): void {
    this.socket.abort()
  }
}

/** The description of a socket that has none: what the recorder prints for a server's `nextPendingConnection`. */
export function peerText(socket: QTcpSocket): string {
  const local: QHostAddress = socket.localAddress()
  return `peer=${endpoint(socket.peerAddress(), socket.peerPort())} local=${local}`
}
