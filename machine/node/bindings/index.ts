/** What Node's C++ gives to its JavaScript (`internalBinding`), for the modules that the machine carries. */
import { INTERFACES } from '../../network.ts'
import {
  PipeConnectWrap,
  SendWrap,
  ShutdownWrap,
  STATE,
  streamBaseState,
  TCPConnectWrap,
  WriteWrap,
} from '../../role/handles/handle.ts'
import { StreamHandle } from '../../role/handles/stream.ts'
import { TCP } from '../../role/handles/tcp.ts'
import { UDP, UDP_FLAGS } from '../../role/handles/udp.ts'
import { buffer, stringDecoder } from './buffer.ts'
import { names } from './names.ts'
import { privateSymbols, types, utilBinding } from './util.ts'
import { uv } from './uv.ts'

export const SIGNALS = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGCHLD: 17,
  SIGCONT: 18,
  SIGSTOP: 19,
} as const

/** No pipe between programs here: only the names that `net` needs. */
class Pipe extends TCP {}

/** Seven values for each address, as Node's C++ lists them. */
function getInterfaceAddresses(): unknown[] {
  return INTERFACES.flatMap(({ name, address, netmask, family, mac, internal, scopeid }) => [
    name,
    address,
    netmask,
    family,
    mac,
    internal,
    scopeid ?? -1,
  ])
}

/**
 * The bindings, by name. `load` requires a module of Node.
 * The function returned throws for a binding that the machine does not have.
 */
export function bindings(load: (id: string) => unknown): (name: string) => unknown {
  const table: Record<string, unknown> = {
    async_wrap: {},
    buffer,
    cares_wrap: names,
    config: { hasIntl: false, hasInspector: false, hasTracing: false, bits: 64 },
    constants: {
      os: { signals: SIGNALS, UV_UDP_REUSEADDR: UDP_FLAGS.UV_UDP_REUSEADDR, errno: {}, priority: {} },
      trace: { TRACE_EVENT_PHASE_BEGIN: 66, TRACE_EVENT_PHASE_END: 69 },
      fs: {},
      internal: { EXTENSIONLESS_FORMAT_JAVASCRIPT: 0 },
    },
    credentials: { safeGetenv() {}, getTempDir: () => '/tmp' },
    errors: {
      noSideEffectsToString: String,
      triggerUncaughtException(error: unknown) {
        throw error
      },
      exitCodes: { kNoFailure: 0, kGenericUserError: 1 },
    },
    fs: {},
    messaging: { DOMException: globalThis.DOMException },
    os: {
      getInterfaceAddresses,
      getHostname: () => 'simulation',
      getOSInformation: () => ['Linux', 'simulation', '6.0.0', 'x86_64'],
      getHomeDirectory: () => '/',
      getCPUs: () => [],
      getAvailableParallelism: () => 1,
      getFreeMem: () => 0,
      getTotalMem: () => 0,
      getLoadAvg() {},
      getUptime: () => performance.now() / 1000,
      isBigEndian: false,
    },
    pipe_wrap: {
      Pipe,
      PipeConnectWrap,
      constants: { SOCKET: 0, SERVER: 1, IPC: 2, UV_READABLE: 1, UV_WRITABLE: 2 },
    },
    stream_wrap: {
      kReadBytesOrError: STATE.read,
      kArrayBufferOffset: STATE.offset,
      kBytesWritten: STATE.written,
      kLastWriteWasAsync: STATE.async,
      kLastWriteErr: STATE.error,
      streamBaseState,
      ShutdownWrap,
      WriteWrap,
      LibuvStreamWrap: StreamHandle,
    },
    string_decoder: stringDecoder,
    symbols: privateSymbols,
    tcp_wrap: {
      TCP,
      TCPConnectWrap,
      constants: { SOCKET: 0, SERVER: 1, UV_TCP_IPV6ONLY: 1, UV_TCP_REUSEPORT: 2 },
    },
    trace_events: { trace() {}, isTraceCategoryEnabled: () => false, available: false },
    types,
    udp_wrap: { UDP, SendWrap, constants: UDP_FLAGS },
    util: utilBinding(load),
    uv,
  }
  return (name) => {
    if (!Object.hasOwn(table, name)) throw new Error(`internalBinding('${name}') is not in the machine`)
    return table[name]
  }
}
