/** Node's `internalBinding('cares_wrap')`: names and addresses. The machine knows `localhost`, and no other name. */
import { ERRNO } from '../../network.ts'
import { canonical } from '../../role/host.ts'
import { loop } from '../../role/realm.ts'

const NAMES: Readonly<Record<string, readonly string[]>> = {
  localhost: ['127.0.0.1', '::1'],
  'ip6-localhost': ['::1'],
}

class Query {
  declare oncomplete: (error: number | null, addresses?: readonly string[]) => void
}
class GetAddrInfoReqWrap extends Query {}
class GetNameInfoReqWrap extends Query {}
class QueryReqWrap extends Query {}

/** Answers in the next poll phase; the program lives until then. */
function answer(request: Query, addresses: readonly string[]): number {
  const waiting = { refed: true, active: () => true }
  loop.handles.add(waiting)
  loop.poll(() => {
    loop.handles.delete(waiting)
    if (addresses.length > 0) request.oncomplete(null, addresses)
    else request.oncomplete(ERRNO.EAI_NONAME)
  })
  return 0
}

function getaddrinfo(request: Query, name: string, family: number): number {
  const all = NAMES[name.toLowerCase()] ?? []
  const kept = all.filter((address) => family === 0 || (family === 6) === address.includes(':'))
  return answer(request, kept)
}

function groupsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
}

/** The 16 bytes of an IPv6 address. */
function convertIpv6StringToBuffer(address: string): Uint8Array | undefined {
  const plain = `http://[${canonical(address)}]/`
  if (!URL.canParse(plain)) return
  const [before = '', after] = new URL(plain).hostname.slice(1, -1).split('::')
  const [head, tail] = [groupsOf(before), groupsOf(after ?? '')]
  const gap = Array<number>(8 - head.length - tail.length).fill(0)
  return Uint8Array.from([...head, ...gap, ...tail].flatMap((group) => [group >> 8, group & 0xff]))
}

/** No name server here: every query fails as without a network. */
class ChannelWrap {
  getServers(): [] {
    return []
  }

  setServers(): number {
    return 0
  }

  setLocalAddress(): void {}
  cancel(): void {}
}

export const names = {
  getaddrinfo,
  getnameinfo: (request: Query) => answer(request, []),
  canonicalizeIP: canonical,
  convertIpv6StringToBuffer,
  strerror: (errno: number) => `error ${errno}`,
  ChannelWrap,
  GetAddrInfoReqWrap,
  GetNameInfoReqWrap,
  QueryReqWrap,
  AI_ADDRCONFIG: 32,
  AI_ALL: 16,
  AI_V4MAPPED: 8,
  DNS_ORDER_VERBATIM: 0,
  DNS_ORDER_IPV4_FIRST: 1,
  DNS_ORDER_IPV6_FIRST: 2,
}
