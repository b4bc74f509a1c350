/** Runs on every page, as early as a module can: says who served it, takes the token, keeps a site of files, then shows what runs when there is one. */
import { SERVED_BY } from '../../../runner/protocol.ts'
import { linkTo } from '../../links.ts'
import { OFFLINE_WORKER } from '../../offline/names.ts'
import { readToken, takeToken } from './token.ts'

function showRunning(): void {
  if (!readToken()) return
  // The pages are read just as well without it.
  import('../running/popover.ts').catch(() => {})
}

/** The runner has served the page: if it is not known there, its address is what is missing. */
function isServed(): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  return navigation?.serverTiming?.some(({ name }) => name === SERVED_BY) ?? false
}

/** The site is kept by the browser, once the page is there: it works without network from the second visit on. */
function keepForLater(): void {
  navigator.serviceWorker?.register(linkTo(`/${OFFLINE_WORKER}`)).catch(() => {}) // Refused: the network is needed.
}

if (isServed()) document.documentElement.dataset.served = ''
document.addEventListener('pd:runner', showRunning)
takeToken()
if (__ALONE__) addEventListener('load', () => keepForLater())
