/**
 * The token that opens the runner: it arrives in the fragment of the address (`#jeton=…`), is kept by the tab and
 * leaves the address at once. Without a token no request is ever made: the page only explains how to start the runner.
 */
import { tab } from '../../learner/store.ts'

const KEY = 'jeton'
const FRAGMENT = /^#jeton=([\w-]{16,})$/
const CHANNEL = 'prise-directe:jeton'

/** Moves the token from the address to the tab's memory and tells the page that a runner is there. */
export function takeToken(): void {
  const token = FRAGMENT.exec(location.hash)?.[1]
  if (token) {
    tab.write(KEY, token)
    history.replaceState(history.state, '', location.pathname + location.search)
  }
  if (readToken()) open()
  else askOtherTabs()
}

export function readToken(): string | null {
  return tab.read(KEY)
}

/** The runner refused the token: it was restarted, and its new address is needed. */
export function dropToken(): void {
  tab.write(KEY, null)
  delete document.documentElement.dataset.runner
  document.dispatchEvent(new CustomEvent('pd:runner'))
}

function open(): void {
  document.documentElement.dataset.runner = 'known'
  document.dispatchEvent(new CustomEvent('pd:runner'))
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = ({ data }) => {
    const token = readToken()
    if (data === 'asked' && token) channel.postMessage({ token })
  }
}

/** A link opened in a new tab starts without the tab's memory: another tab of the same origin lends its own. */
function askOtherTabs(): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = ({ data }) => {
    if (typeof data?.token !== 'string' || readToken()) return
    channel.close()
    tab.write(KEY, data.token)
    open()
  }
  channel.postMessage('asked')
}
