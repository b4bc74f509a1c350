import { QNetworkDatagram, QUdpSocket } from '../../labs/qt-network/index.ts'
import { address, endpoint, errorText, quoted, udpState } from './format.ts'
import { type Actor, disconnectObject, type Journal } from './journal.ts'
import { bytesOf } from './language.ts'
import { option } from './options.ts'

const FLAGS: Readonly<Record<string, number>> = {
  Default: 0,
  DefaultForPlatform: 0,
  Share: 1,
  ShareAddress: 1,
  DontShare: 2,
  DontShareAddress: 2,
  Reuse: 4,
  ReuseAddress: 4,
  ReuseAddressHint: 4,
}

/** A QUdpSocket of the scenario. */
export class UdpActor implements Actor {
  readonly id: string
  readonly #socket = new QUdpSocket()
  readonly #journal: Journal
  #mode = { name: 'datagram', arg: '' }
  #muted = false
  /** The last datagram received with its envelope, for `makeReply`. */
  #last = new QNetworkDatagram()
  bytes = 0
  destroyed = false
  #readyReads = 0
  #datagrams = 0

  constructor(id: string, journal: Journal) {
    this.id = id
    this.#journal = journal
    const socket = this.#socket
    const state = () => udpState(socket)
    journal.watch(id, socket.stateChanged, 'stateChanged', (value) => `stateChanged ${value}${state()}`)
    journal.watch(
      id,
      socket.errorOccurred,
      'errorOccurred',
      (error) => `errorOccurred ${errorText(socket, error)}${state()}`,
    )
    for (const name of ['disconnected', 'aboutToClose', 'readChannelFinished'] as const) {
      journal.watch(id, socket[name], name, () => name + state())
    }
    journal.watch(id, socket.bytesWritten, 'bytesWritten', (count) =>
      this.#muted ? null : `bytesWritten ${count}${state()}`,
    )
    journal.watch(id, socket.readyRead, 'readyRead', () => {
      if (this.#muted) return null
      this.#readyReads += 1
      return `readyRead${state()}`
    })
    socket.readyRead.connect(() => this.#receive())
    journal.watch(id, socket.destroyed, 'destroyed', () => {
      this.destroyed = true
      return 'destroyed'
    })
    const { stateChanged, errorOccurred, disconnected, readChannelFinished, bytesWritten, readyRead } = socket
    journal.follow(id, { stateChanged, errorOccurred, disconnected })
    journal.follow(id, { readChannelFinished, bytesWritten, readyRead })
  }

  #receive(): void {
    const { name } = this.#mode
    if (name === 'none') return
    if (name === 'one') this.#readOne()
    else while (this.#socket.hasPendingDatagrams()) this.#readOne()
    this.#journal.changed()
  }

  #readOne(): void {
    const socket = this.#socket
    const { name, arg } = this.#mode
    const say = (text: string) => {
      if (!this.#muted) this.#journal.line(`  ${this.id} datagram ${text}${udpState(socket)}`)
    }
    this.#datagrams += 1
    if (name === 'readDatagram') {
      const pending = socket.pendingDatagramSize()
      const { size, data, address: from, port } = socket.readDatagram()
      this.bytes += data.length
      say(`pendingSize=${pending} read=${size} ${quoted(data)} ${from} ${port}`)
      return
    }
    const datagram = socket.receiveDatagram()
    this.#last = datagram
    const data = datagram.data()
    this.bytes += data.length
    const from = endpoint(datagram.senderAddress(), datagram.senderPort())
    say(`valid=${datagram.isValid() ? 1 : 0} size=${data.length} ${quoted(data)} ${from}`)
    if (name === 'reply' || name === 'ack' || name === 'echo') {
      socket.writeDatagram(datagram.makeReply(Buffer.concat([bytesOf(name === 'echo' ? '' : arg), data])))
    }
  }

  call(verb: string, args: string[], echo: string): boolean {
    const socket = this.#socket
    const result = (text: string) => {
      this.#journal.line(`> ${this.id}.${verb}${echo === '' ? '' : ` ${echo}`} = ${text}`)
      return true
    }
    const error = () => `error=${errorText(socket, socket.error())}`
    const [first = '', second = '', ...others] = args
    const send = (data: Uint8Array) => {
      return result(`${socket.writeDatagram(data, address(first), Number(second))} ${error()}`)
    }
    switch (verb) {
      case 'bind': {
        const done = socket.bind(address(first), Number(second), flags(others))
        return result(`${done} state=${socket.state()} local=${socket.localAddress()} ${error()}`)
      }
      case 'send':
        return send(bytesOf(others.join(' ')))
      case 'sendn':
        return send(Buffer.alloc(Number(others[0]), 'x'))
      case 'burst': {
        const data = Buffer.alloc(Number(others[1]), 'x')
        let sent = 0
        for (let i = 0; i < Number(others[0]); i++) {
          if (socket.writeDatagram(data, address(first), Number(second)) >= 0) sent += 1
        }
        return result(`sent=${sent} in N ms error=${socket.error()}`)
      }
      case 'recv':
        return this.#receiveOne(args[0], result)
      case 'readDatagram': {
        const read = socket.readDatagram(args[0] === undefined ? undefined : Number(args[0]))
        return result(
          `${read.size} ${quoted(read.data)} ${read.size < 0 ? '' : `${read.address} ${read.port}`}`.trimEnd(),
        )
      }
      case 'join':
        return result(`${socket.joinMulticastGroup(address(first), args[1])} ${error()}`)
      case 'leave':
        return result(`${socket.leaveMulticastGroup(address(first), args[1])} ${error()}`)
      case 'makeReply': {
        const reply = this.#last.makeReply(bytesOf(args.join(' ')))
        return result(
          `valid=${reply.isValid() ? 1 : 0} destination=${endpoint(reply.destinationAddress(), reply.destinationPort())} ${quoted(reply.data())}`,
        )
      }
      case 'opt':
        if (first !== 'MulticastInterface') return option(socket, args, result)
        socket.setMulticastInterface(second)
        return result(second)
      case 'state':
        return result(this.#describe())
      case 'bytesAvailable':
        return result(String(socket.bytesAvailable()))
      case 'total':
        return result(
          `bytes=${this.bytes} readyRead=${this.#readyReads} datagrams=${this.#datagrams} batches=0`,
        )
      case 'mode':
        this.#mode = { name: first, arg: args.slice(1).join(' ') }
        return true
      case 'mute':
        this.#muted = true
        return true
      case 'close':
      case 'abort':
        this.#journal.line(`> ${this.id}.${verb}`)
        socket[verb]()
        this.#journal.line(`< ${verb}${udpState(socket)}`)
        return true
      case 'delete':
      case 'deleteLater':
        this.#journal.line(`> ${verb}`)
        socket.deleteLater()
        return true
      case 'objectDisconnect':
        disconnectObject(this.#journal, socket, () => udpState(socket))
        return true
      default:
        return false
    }
  }

  #receiveOne(max: string | undefined, result: (text: string) => boolean): boolean {
    const socket = this.#socket
    const before = `hasPending=${socket.hasPendingDatagrams() ? 1 : 0} pendingSize=${socket.pendingDatagramSize()}`
    const datagram = socket.receiveDatagram(max === undefined ? undefined : Number(max))
    this.#last = datagram
    const flag = (fact: boolean) => (fact ? 1 : 0)
    return result(
      `${before} valid=${flag(datagram.isValid())} null=${flag(datagram.isNull())} size=${datagram.data().length} ` +
        `sender=${endpoint(datagram.senderAddress(), datagram.senderPort())} ` +
        `error=${errorText(socket, socket.error())} ${quoted(datagram.data())}`,
    )
  }

  #describe(): string {
    const socket = this.#socket
    const local = endpoint(socket.localAddress(), socket.localPort())
    return (
      `state=${socket.state()} error=${errorText(socket, socket.error())} ` +
      `isOpen=${socket.isOpen() ? 1 : 0} isValid=${socket.isValid() ? 1 : 0} ` +
      `local=${local} peer=#0 peerName= avail=0 towrite=0`
    )
  }

  end(): void {
    this.#socket.close()
  }
}

function flags(words: string[]): number {
  return words
    .flatMap((word) => word.split(/[|,]/))
    .reduce((mode, word) => mode | (FLAGS[word] ?? Number(word)), 0)
}
