/** Runs on every page, as early as a module can: takes the token, then shows what runs when there is one. */
import { readToken, takeToken } from './token.ts'

function showRunning(): void {
  if (!readToken()) return
  // The pages are read just as well without it.
  import('../running/popover.ts').catch(() => {})
}

document.addEventListener('pd:runner', showRunning)
takeToken()
