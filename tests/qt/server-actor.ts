import { QTcpServer } from '../../labs/qt-network/index.ts'
import { address, errorText, tcpState } from './format.ts'
import { type Actor, disconnectObject, type Journal } from './journal.ts'
import { bytesOf } from './language.ts'
import { type Mode, peerText, TcpActor } from './tcp-actor.ts'

/** A QTcpServer of the scenario; the sockets it takes are named after it: `s1`, `s2`. */
export class ServerActor implements Actor {
  readonly id: string
  readonly bytes = 0
  destroyed = false
  readonly #server = new QTcpServer()
  readonly #journal: Journal
  readonly #adopt: (socket: TcpActor) => void
  #mode: Mode = { name: 'readAll', arg: '' }
  #muted = false
  #manual = false
  #taken = 0

  constructor(id: string, journal: Journal, adopt: (socket: TcpActor) => void) {
    this.id = id
    this.#journal = journal
    this.#adopt = adopt
    const server = this.#server
    journal.watch(id, server.pendingConnectionAvailable, 'pendingConnectionAvailable', () => {
      return 'pendingConnectionAvailable'
    })
    journal.watch(id, server.newConnection, 'newConnection', () => {
      return `newConnection hasPending=${this.#pending()}`
    })
    journal.watch(id, server.acceptError, 'acceptError', (error) => `acceptError ${errorText(server, error)}`)
    server.newConnection.connect(() => {
      if (!this.#manual) this.#next()
    })
    journal.watch(id, server.destroyed, 'destroyed', () => {
      this.destroyed = true
      return null
    })
    const { pendingConnectionAvailable, newConnection, acceptError } = server
    journal.follow(id, { pendingConnectionAvailable, newConnection, acceptError })
  }

  #pending(): number {
    return this.#server.hasPendingConnections() ? 1 : 0
  }

  #next(): void {
    const socket = this.#server.nextPendingConnection()
    if (socket === null) {
      this.#journal.line(`${this.id} nextPendingConnection nullptr`)
      return
    }
    this.#taken += 1
    const actor = new TcpActor(`${this.id}${this.#taken}`, this.#journal, socket, this.#mode, this.#muted)
    this.#adopt(actor)
    this.#journal.line(
      `${this.id} nextPendingConnection ${actor.id} ${peerText(socket)} hasPending=${this.#pending()}${tcpState(socket)}`,
    )
    if (this.#mode.name === 'greet') socket.write(bytesOf(this.#mode.arg))
    else if (this.#mode.name === 'refuse') socket.disconnectFromHost()
    else if (this.#mode.name === 'abort') socket.abort()
    this.#journal.changed()
  }

  call(verb: string, args: string[], echo: string): boolean {
    const server = this.#server
    const result = (text: string) => {
      this.#journal.line(`> ${this.id}.${verb}${echo === '' ? '' : ` ${echo}`} = ${text}`)
      return true
    }
    const listening = () => (server.isListening() ? 1 : 0)
    switch (verb) {
      case 'listen': {
        const done = server.listen(address(args[0] ?? 'Any'), Number(args[1] ?? 0))
        return result(
          `${done} isListening=${listening()} serverAddress=${server.serverAddress()} ` +
            `serverError=${errorText(server, server.serverError())}`,
        )
      }
      case 'close':
        server.close()
        return result(`isListening=${listening()}`)
      case 'info':
      case 'state':
        return result(
          `max=${server.maxPendingConnections()} backlog=${server.listenBacklogSize()} ` +
            `hasPending=${this.#pending()} listening=${listening()} port=${server.serverPort()} ` +
            `address=${server.serverAddress()} error=${errorText(server, server.serverError())}`,
        )
      case 'pending':
        return result(`hasPending=${this.#pending()}`)
      case 'setListenBacklogSize':
        server.setListenBacklogSize(Number(args[0]))
        return result(String(server.listenBacklogSize()))
      case 'next':
        this.#next()
        return true
      case 'setMaxPendingConnections':
        server.setMaxPendingConnections(Number(args[0]))
        return result(String(server.maxPendingConnections()))
      case 'pauseAccepting':
      case 'resumeAccepting':
        this.#journal.line(`> ${this.id}.${verb}`)
        server[verb]()
        return true
      case 'mode':
        this.#mode = { name: args[0] ?? '', arg: args.slice(1).join(' ') }
        return true
      case 'manual':
        this.#manual = true
        return true
      case 'mute':
        this.#muted = true
        return true
      case 'delete':
      case 'deleteLater':
        this.#journal.line(`> ${verb}`)
        server.deleteLater()
        return true
      case 'objectDisconnect':
        disconnectObject(this.#journal, server, () => '')
        return true
      default:
        return false
    }
  }

  end(): void {
    this.#server.close()
  }
}
