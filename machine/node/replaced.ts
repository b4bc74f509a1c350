/** The modules of Node that lean on its C++, in the short form that a program of the machine needs. */

import { loop } from '../role/realm.ts'
import { Immediate, Timeout } from '../role/timers.ts'
import { blockList } from './block-list.ts'
import { diagnosticsChannel } from './diagnostics.ts'
import { fileSystem } from './file-system.ts'

type Callback = (...args: unknown[]) => unknown
type Errors = { codes: Record<string, new (...args: unknown[]) => Error> }

/** What the modules of Node lean on. */
export interface Realm {
  load(id: string): unknown
  process: object
  documents: Readonly<Record<string, string | Uint8Array>>
}

const nothing = () => {}

/** A symbol for any name: what Node's modules mark their objects with. */
const anySymbol = new Proxy<Record<string, unknown>>(
  {},
  { get: (_, name) => (typeof name === 'string' ? Symbol.for(`node.${name}`) : undefined) },
)

/** Options of the command line that the modules read. */
const OPTIONS: Readonly<Record<string, unknown>> = {
  '--network-family-autoselection': true,
  '--network-family-autoselection-attempt-timeout': 250,
  '--stack-trace-limit': 10,
}

class AsyncResource {
  runInAsyncScope(job: Callback, self: unknown, ...args: unknown[]): unknown {
    return job.apply(self, args)
  }

  emitDestroy(): this {
    return this
  }

  static bind(job: Callback): Callback {
    return job
  }
}

class AsyncLocalStorage {
  run(_store: unknown, job: Callback, ...args: unknown[]): unknown {
    return job(...args)
  }

  getStore(): undefined {
    return undefined
  }
}

class NoHistory {
  history = []
  index = -1
  size = 0

  initialize(): void {}

  addHistory(): string {
    return ''
  }
}

const setTimeout = (callback: Callback, delay?: unknown, ...args: unknown[]) =>
  loop.addTimer(new Timeout(loop, callback, delay, args))
const setInterval = (callback: Callback, delay?: unknown, ...args: unknown[]) =>
  loop.addTimer(new Timeout(loop, callback, delay, args, true))
const setImmediate = (callback: Callback, ...args: unknown[]) =>
  loop.addImmediate(new Immediate(callback, args))
const clearTimer = (timer: unknown) => {
  if (timer !== undefined && timer !== null) loop.clear(timer)
}
const clearImmediate = (immediate: unknown) => {
  if (immediate instanceof Immediate) immediate.active = false
}

/** A timer as Node's own modules make it: they then insert it. */
class NodeTimeout extends Timeout {
  constructor(callback: Callback, delay: unknown, args: unknown[] = [], repeat = false, refed = true) {
    super(loop, callback, delay, args, repeat)
    this.refed = refed
  }
}

class NodeImmediate extends Immediate {
  constructor(callback: Callback, args: unknown[] = []) {
    super(callback, args)
    loop.addImmediate(this)
  }
}

function internalTimers({ load }: Realm) {
  const { validateNumber } = load('internal/validators') as {
    validateNumber(value: unknown, name: string): void
  }
  const { codes } = load('internal/errors') as Errors
  return {
    kTimeout: Symbol('timeout'),
    kRefed: Symbol('refed'),
    Timeout: NodeTimeout,
    Immediate: NodeImmediate,
    insert: (timer: Timeout) => loop.addTimer(timer),
    setUnrefTimeout: (callback: Callback, delay: number) => setTimeout(callback, delay).unref(),
    reuseOrCreateUnrefTimeout: (_: unknown, callback: Callback, delay: number, arg: unknown) =>
      setTimeout(callback, delay, arg).unref(),
    getTimerDuration(delay: number, name: string) {
      validateNumber(delay, name)
      if (delay < 0 || !Number.isFinite(delay))
        throw new codes.ERR_OUT_OF_RANGE!(name, 'a non-negative finite number', delay)
      return Math.min(delay, 2 ** 31 - 1)
    },
  }
}

function timers({ load }: Realm) {
  return {
    setTimeout,
    setInterval,
    setImmediate,
    clearTimeout: clearTimer,
    clearInterval: clearTimer,
    clearImmediate,
    get promises() {
      return load('timers/promises')
    },
  }
}

function asyncHooks() {
  return {
    symbols: anySymbol,
    newAsyncId: () => 1,
    getOrSetAsyncId: () => 1,
    getDefaultTriggerAsyncId: () => 1,
    defaultTriggerAsyncIdScope: (_id: number, job: Callback, ...args: unknown[]) => job(...args),
    executionAsyncId: () => 1,
    enabledHooksExist: () => false,
    initHooksExist: () => false,
    destroyHooksExist: () => false,
    hasHooks: () => false,
    emitInitScript: nothing,
    emitBefore: nothing,
    emitAfter: nothing,
    emitDestroy: nothing,
  }
}

const noSnapshot = {
  isBuildingSnapshot: () => false,
  addAfterUserSerializeDeserializeSnapshot: nothing,
  addDeserializeCallback: nothing,
  addSerializeCallback: nothing,
}

/** What a program asks of the system and that a page cannot do. */
function childProcess() {
  const absent = () => {
    throw new Error('Le réseau simulé ne lance pas d’autres programmes : node:child_process n’y existe pas.')
  }
  return {
    spawn: absent,
    spawnSync: absent,
    exec: absent,
    execFile: absent,
    execFileSync: absent,
    fork: absent,
  }
}

const fileURLToPath = (url: string | URL) => decodeURIComponent(new URL(url).pathname)
const pathToFileURL = (path: string) => new URL(`file://${encodeURI(path)}`)

/** By name; what a name gives is made once. */
export const replaced: Readonly<Record<string, (realm: Realm) => unknown>> = {
  async_hooks: () => ({ AsyncResource, AsyncLocalStorage }),
  child_process: childProcess,
  cluster: () => ({ isPrimary: true, isMaster: true, isWorker: false }),
  diagnostics_channel: diagnosticsChannel,
  fs: ({ documents }) => fileSystem(documents),
  process: ({ process }) => process,
  timers,
  url: () => ({ URL, URLSearchParams, fileURLToPath, pathToFileURL }),
  vm: () => ({}),
  'internal/abort_controller': () => ({ AbortController, AbortSignal, aborted: nothing }),
  'internal/async_context_frame': () => ({ current: nothing }),
  'internal/async_hooks': asyncHooks,
  'internal/blocklist': blockList,
  'internal/bootstrap/realm': () => ({ BuiltinModule: { exists: () => false } }),
  'internal/crypto/keys': () => ({}),
  'internal/event_target': () => ({
    ...{ EventTarget, Event, NodeEventTarget: EventTarget },
    isEventTarget: (value: unknown) => value instanceof EventTarget,
    kResistStopPropagation: Symbol('resist'),
    kWeakHandler: Symbol('weak'),
    kEvents: Symbol('events'),
    kMaxEventTargetListeners: Symbol('max'),
    kMaxEventTargetListenersWarned: Symbol('warned'),
    kCreateEvent: Symbol('create'),
    kNewListener: Symbol('new'),
    kRemoveListener: Symbol('remove'),
  }),
  'internal/modules/helpers': () => ({}),
  'internal/options': () => ({
    getOptionValue: (name: string) => OPTIONS[name],
    getEmbedderOptions: () => ({}),
    refreshOptions: nothing,
  }),
  'internal/perf/observe': () => ({ hasObserver: () => false, startPerf: nothing, stopPerf: nothing }),
  'internal/process/execution': () => ({}),
  'internal/process/task_queues': ({ process }) => ({
    queueMicrotask: globalThis.queueMicrotask.bind(globalThis),
    nextTick: (process as NodeJS.Process).nextTick,
  }),
  'internal/process/warning': () => ({ emitWarningSync: nothing }),
  'internal/repl/history': () => ({ ReplHistory: NoHistory }),
  'internal/socketaddress': () => ({ SocketAddress: class SocketAddress {} }),
  'internal/source_map/source_map_cache': () => ({ getSourceMapsSupport: () => ({ enabled: false }) }),
  'internal/streams/iter/classic': () => ({}),
  'internal/streams/iter/types': () => anySymbol,
  'internal/timers': internalTimers,
  'internal/url': () => ({
    ...{ URL, URLSearchParams, fileURLToPath, pathToFileURL },
    isURL: (value: unknown) => value instanceof URL,
    toPathIfFileURL: (value: unknown) => value,
  }),
  'internal/v8/startup_snapshot': () => ({ namespace: noSnapshot, ...noSnapshot }),
  'internal/webstreams/adapters': () => ({}),
  'internal/worker/js_transferable': () => ({
    markTransferMode: nothing,
    structuredClone: globalThis.structuredClone,
    kClone: Symbol('clone'),
    kDeserialize: Symbol('deserialize'),
    kTransfer: Symbol('transfer'),
    kTransferList: Symbol('list'),
  }),
}
