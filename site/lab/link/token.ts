/**
 * The token that opens the runner: it arrives in the fragment of the address (`#jeton=…`), is kept by the tab and
 * leaves the address at once. Tabs lend it to each other once the runner has welcomed it, never before: a tab of
 * yesterday has nothing to lend. Without a token no request is ever made.
 */
import { tab } from '../../learner/store.ts'
import { FRAGMENT, TOKEN } from './address.ts'

const CHANNEL = 'prise-directe:jeton'

/** The token that the runner has welcomed. */
let welcomed: string | null = null
/** Null where the browser refuses it: each tab then needs the address. */
const channel = openChannel()

/** Moves the token from the address to the tab's memory, now and whenever one is pasted; asks the other tabs for one. */
export function takeToken(): void {
  addEventListener('hashchange', readAddress)
  if (!readAddress()) changed()
  if (!readToken()) channel?.postMessage('asked')
}

export function readToken(): string | null {
  return tab.read(TOKEN)
}

/** The runner has welcomed this token: it may be lent. */
export function tokenWelcomed(token: string): void {
  welcomed = token
  if (readToken() !== token) keep(token)
  channel?.postMessage({ token })
}

/** The runner refused this token: it was restarted, and its new address is needed, unless another tab knows it. */
export function tokenRefused(token: string): void {
  if (welcomed === token) welcomed = null
  if (readToken() !== token) return
  tab.write(TOKEN, null)
  changed()
  channel?.postMessage('asked')
}

/** The runner does not answer: another tab may know its new address. */
export function tokenUnsure(): void {
  welcomed = null
}

function readAddress(): boolean {
  const token = FRAGMENT.exec(location.hash)?.[1]
  if (!token) return false
  history.replaceState(history.state, '', location.pathname + location.search)
  keep(token)
  return true
}

function keep(token: string): void {
  tab.write(TOKEN, token)
  changed()
}

/**
 * Tells the page what runs its programs: the runner when there is a token to use, else the machine of the page, unless
 * a runner has served it, whose address is then what is missing.
 */
function changed(): void {
  const { dataset } = document.documentElement
  const runner = readToken() ? 'known' : dataset.served === undefined ? 'simulated' : undefined
  // The head of the page has often said it already: the same words would have it styled anew.
  if (runner === undefined) delete dataset.runner
  else if (dataset.runner !== runner) dataset.runner = runner
  document.dispatchEvent(new CustomEvent('pd:runner'))
}

function openChannel(): BroadcastChannel | null {
  try {
    const channel = new BroadcastChannel(CHANNEL)
    channel.onmessage = ({ data }) => hear(channel, data)
    return channel
  } catch {
    return null
  }
}

function hear(channel: BroadcastChannel, data: unknown): void {
  if (data === 'asked') {
    if (welcomed) channel.postMessage({ token: welcomed })
    return
  }
  const token = typeof data === 'object' && data !== null && 'token' in data ? data.token : null
  if (typeof token === 'string' && !welcomed && token !== readToken()) keep(token)
}
