/**
 * Plays a scenario on the twin, over real loopback sockets, and writes what happened in the form of the recordings.
 */
import { qInstallMessageHandler } from '../../labs/qt-network/index.ts'
import { oublierNoms } from '../../labs/qt-network/resolution.ts'
import { exclusive, QT_PORTS } from '../exclusive.ts'
import { type Actor, Journal } from './journal.ts'
import { parseScenario, type Scenario, type Statement } from './language.ts'
import { ServerActor } from './server-actor.ts'
import { TcpActor } from './tcp-actor.ts'
import { UdpActor } from './udp-actor.ts'

/** Time allowed to a `wait` that gives none, in ms. */
const WAIT = 5000

/** The scenario calls something the twin does not offer. */
export class OutsideApi extends Error {}

/** The objects of one scenario and what they do. */
export class Player {
  readonly journal: Journal
  readonly actors = new Map<string, Actor>()
  #actionMark = 0
  /** What failed inside a slot, where nobody could be told. */
  #failure: Error | null = null

  /** @param write Receives each line of the recording as it happens. */
  constructor(write: (line: string) => void) {
    this.journal = new Journal(write, (slot) => this.#actInSlot(slot))
    oublierNoms()
    qInstallMessageHandler((text) => this.journal.line(`! ${text}`))
  }

  /** @throws OutsideApi when the statement calls what the twin leaves out. */
  async play(statement: Statement): Promise<void> {
    const { kind, object, name, args } = statement
    if (kind === 'sleep') return pause(Number(args[0]))
    if (kind === 'wait') return this.#wait(object, name, args[0])
    if (kind === 'waitcount') return this.#waitCount(object, name, Number(args[0]), args[1])
    if (kind === 'waitbytes') return this.#waitBytes(object, Number(args[0]), args[1])
    if (kind === 'on') return this.journal.on(object, name, statement.slot!)
    if (kind !== 'block') this.#actionMark = this.journal.emissions
    // An accepted socket (`s1`) may come a moment after what made it exist.
    if (kind === 'call') await this.journal.until(() => this.actors.has(object), 1000)
    this.#act(statement)
    if (this.#failure !== null) throw this.#failure
  }

  #actInSlot(slot: Statement): void {
    try {
      this.#act(slot)
    } catch (error) {
      this.#failure ??= error as Error
    }
  }

  /** What takes no time: a creation, a call, a blocked loop. */
  #act({ kind, object, name, args, echo, text }: Statement): void {
    const actor = this.actors.get(object)
    if (kind === 'block') block(Number(args[0]))
    else if (kind === 'create') this.#create(object, name)
    else if (actor === undefined) this.journal.line(`! aucun objet ne se nomme ${object} : ${text}`)
    else if (actor.destroyed) this.journal.line(`! ${object} est détruit : ${text}`)
    else if (!actor.call(name, args, echo)) throw new OutsideApi(`${object}.${name}`)
  }

  #create(id: string, className: string): void {
    if (className === 'tcp') this.actors.set(id, new TcpActor(id, this.journal))
    else if (className === 'udp') this.actors.set(id, new UdpActor(id, this.journal))
    else
      this.actors.set(id, new ServerActor(id, this.journal, (socket) => this.actors.set(socket.id, socket)))
  }

  /** Satisfied by an emission since the last statement that acted: two waits may follow two connections. */
  async #wait(object: string, signal: string, limit: string | undefined): Promise<void> {
    const mark = this.#actionMark
    const seen = await this.journal.until(
      () => this.journal.last(object, signal) > mark,
      Number(limit ?? WAIT),
    )
    if (!seen) this.journal.line(`! wait ${object}.${signal}: nothing came`)
  }

  async #waitCount(object: string, signal: string, count: number, limit: string | undefined): Promise<void> {
    await this.journal.until(() => this.journal.count(object, signal) >= count, Number(limit ?? WAIT))
  }

  async #waitBytes(object: string, bytes: number, limit: string | undefined): Promise<void> {
    await this.journal.until(() => (this.actors.get(object)?.bytes ?? 0) >= bytes, Number(limit ?? WAIT))
  }

  /** Ends every object without a word, as the end of a process does. */
  close(): void {
    this.journal.stop()
    for (const actor of this.actors.values()) actor.end()
  }
}

/** Plays a whole scenario and returns its recording, line by line. */
export function playScenario(scenario: Scenario | string): Promise<string[]> {
  const { statements } = typeof scenario === 'string' ? parseScenario(scenario) : scenario
  return exclusive(QT_PORTS, async () => {
    const lines: string[] = []
    const player = new Player((line) => lines.push(line))
    try {
      for (const statement of statements) await player.play(statement)
      lines.push('[code 0]')
    } finally {
      player.close()
    }
    return lines
  })
}

/** On a busy machine the timer may be served before what arrived meanwhile: a few turns deliver it. */
async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
  for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** Holds the loop, as a slot that computes for too long. */
function block(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end);
}
