/** Runs on every page, as early as a module can: takes the token, keeps a site of files, then shows what runs when there is one. */
import { linkTo } from '../../links.ts'
import { OFFLINE_WORKER } from '../../offline/names.ts'
import { readToken, takeToken } from './token.ts'

function showRunning(): void {
  if (!readToken()) return
  // The pages are read just as well without it.
  import('../running/popover.ts').catch(() => {})
}

/** The site is kept by the browser, once the page is there: it works without network from the second visit on. */
function keepForLater(): void {
  navigator.serviceWorker?.register(linkTo(`/${OFFLINE_WORKER}`)).catch(() => {}) // Refused: the network is needed.
}

document.addEventListener('pd:runner', showRunning)
takeToken()
if (__ALONE__) addEventListener('load', () => keepForLater())
