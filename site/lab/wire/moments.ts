/** What the programs of a lab did, put by process and by socket: what the figure is made of. Pure. */
import type { TraceEvent, TraceEventOf, TraceKind } from '../../../labs/trace.ts'
import { plainEndpoint } from './endpoint.ts'

/** The end of a program, as who started it saw it: the program itself may have said nothing. */
export interface Over {
  kind: 'over'
  /** On the clock of the events, in µs. */
  at: number
  /** 128 + n for signal n. */
  code: number
}

/** One thing that a program did, as it arrives. */
export interface Happening {
  role: string
  /** Which run of a program: the same number for all that it did from its start to its end. */
  run: number
  /** How many bytes of text it had printed before. */
  offset: number
  /** Its rank among all that happened, where some of it is left out. */
  key?: number
  event: TraceEvent | Over
}

/** One thing that a program did, in the figure. */
export interface Moment extends Happening {
  /** Unique in the figure, and the same in one that is made anew. */
  readonly key: number
  /** Of the socket it concerns; null when it concerns none. */
  end: End | null
  /** Its rank once all is in order. */
  rank: number
  /** How many moments of other processes must come before it and have not; those that wait for it. */
  waits: number
  frees: Moment[] | null
}

export type MomentOf<K extends TraceKind> = Moment & { event: TraceEventOf<K> }

/** One use of a socket, from its opening to its closing. */
export interface End {
  readonly key: number
  readonly role: string
  readonly run: number
  /** `unknown` until it says what it is. */
  use: 'unknown' | 'client' | 'accepted' | 'listener' | 'udp'
  /** Its number in its process. */
  readonly socket: number
  local: string
  remote: string
  /** How it began: `connect`, then `connected`; `accept`; `listen`; `bind`. */
  asked: MomentOf<'connect'> | null
  opened: Moment | null
  refused: MomentOf<'refused'> | null
  readonly sent: MomentOf<'send'>[]
  readonly received: MomentOf<'receive'>[]
  /** Groups that it is a member of. */
  groups: string[]
  shutdown: MomentOf<'shutdown'> | null
  fin: MomentOf<'fin'> | null
  /** `close`, or `unlisten`. */
  closed: Moment | null
  /** The end of its program. */
  over: Moment | null
  /** The other end of its connection, when a program of the figure has it. */
  peer: End | null
  moments: Moment[]
}

export interface Gathered {
  /** As they arrived. */
  moments: Moment[]
  /** Each process with its moments in its own order. */
  processes: Moment[][]
  ends: End[]
}

/** Puts what happened by process and by socket. */
export function gather(happenings: readonly Happening[]): Gathered {
  const moments: Moment[] = []
  const processes = new Map<string, Moment[]>()
  const overs: Moment[] = []
  for (const { role, run, offset, event, key = moments.length } of happenings) {
    const moment: Moment = {
      role,
      run,
      offset,
      event,
      key,
      end: null,
      rank: -1,
      waits: 0,
      frees: null,
    }
    moments.push(moment)
    if (event.kind === 'over') overs.push(moment)
    else listIn(processes, `${run} ${event.process}`).push(moment)
  }
  const lists = [...processes.values()]
  for (const list of lists) {
    if (list.some((moment, at) => at > 0 && orderOf(moment) < orderOf(list[at - 1]!)))
      list.sort((a, b) => orderOf(a) - orderOf(b))
  }
  const ends: End[] = []
  for (const list of lists) takeEnds(list, ends)
  for (const over of overs) {
    for (const end of ends) if (end.run === over.run) end.over = over
    // The process that the runner started is the first one of its run.
    const own = lists.find((list) => list[0]?.run === over.run)
    if (own) {
      tellCode(own, over)
      own.push(over)
    } else lists.push([over])
  }
  return { moments, processes: lists, ends }
}

/** A program may not know with which code it ends. */
function tellCode(process: readonly Moment[], { event: over }: Moment): void {
  const exit = process.findLast(({ event }) => event.kind === 'exit')
  if (exit?.event.kind !== 'exit' || exit.event.code !== undefined || over.kind !== 'over') return
  exit.event = { ...exit.event, code: over.code }
}

function orderOf({ event }: Moment): number {
  return event.kind === 'over' ? Number.POSITIVE_INFINITY : event.order
}

function listIn<K, V>(map: Map<K, V[]>, key: K): V[] {
  const list = map.get(key) ?? []
  if (list.length === 0) map.set(key, list)
  return list
}

/** The uses of sockets in one process: a socket that connects or listens again begins another one. */
function takeEnds(process: readonly Moment[], ends: End[]): void {
  const current = new Map<number, End>()
  for (const moment of process) {
    const { event } = moment
    if (event.kind === 'over' || event.socket === undefined) continue
    const known = current.get(event.socket)
    let end = known
    if (!end || beginsAnew(moment, end)) {
      end = newEnd(ends.length, moment, event.socket)
      ends.push(end)
      current.set(event.socket, end)
    }
    moment.end = end
    end.moments.push(moment)
    learn(end, moment)
  }
}

function beginsAnew({ event }: Moment, end: End): boolean {
  if (event.kind === 'connect') return end.asked !== null || end.opened !== null || end.closed !== null
  if (event.kind === 'listen' || event.kind === 'accept') return end.opened !== null || end.closed !== null
  return event.kind === 'bind' && end.closed !== null
}

function newEnd(key: number, { role, run }: Moment, socket: number): End {
  return {
    key,
    role,
    run,
    use: 'unknown',
    socket,
    local: '',
    remote: '',
    asked: null,
    opened: null,
    refused: null,
    sent: [],
    received: [],
    groups: [],
    shutdown: null,
    fin: null,
    closed: null,
    over: null,
    peer: null,
    moments: [],
  }
}

/** What a moment says of its socket. */
function learn(end: End, moment: Moment): void {
  const { event } = moment
  switch (event.kind) {
    case 'connect':
      end.use = 'client'
      end.asked = moment as MomentOf<'connect'>
      end.remote = plainEndpoint(event.remote)
      break
    case 'connected':
      end.opened = moment
      end.remote = plainEndpoint(event.remote)
      if (event.local) end.local = plainEndpoint(event.local)
      break
    case 'refused':
      end.refused = moment as MomentOf<'refused'>
      break
    case 'accept':
      end.use = 'accepted'
      end.opened = moment
      end.local = plainEndpoint(event.local)
      end.remote = plainEndpoint(event.remote)
      break
    case 'listen':
    case 'bind':
      end.use = event.kind === 'listen' ? 'listener' : 'udp'
      end.opened ??= moment
      end.local = plainEndpoint(event.local)
      break
    case 'send':
      if (end.use === 'unknown' && event.remote !== undefined) end.use = 'udp'
      end.sent.push(moment as MomentOf<'send'>)
      break
    case 'receive':
      if (end.use === 'unknown' && event.remote !== undefined) end.use = 'udp'
      end.received.push(moment as MomentOf<'receive'>)
      break
    case 'join':
      if (!event.error) end.groups.push(event.group)
      break
    case 'leave':
      if (!event.error) end.groups = end.groups.filter((group) => group !== event.group)
      break
    case 'shutdown':
      end.shutdown = moment as MomentOf<'shutdown'>
      break
    case 'fin':
      end.fin = moment as MomentOf<'fin'>
      break
    case 'close':
    case 'unlisten':
      end.closed ??= moment
  }
}
