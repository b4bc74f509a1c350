/** The runner as a source: what its terminals show is real, on this machine. */
import { WS_PATH } from '../../../runner/protocol.ts'
import { linkTo } from '../../links.ts'
import { LiveFeed } from './live-feed.ts'
import { LiveFiles } from './live-files.ts'
import { LiveWatch } from './live-watch.ts'
import { randomName } from './proof.ts'
import type { Source } from './source.ts'
import { readToken } from './token.ts'

/** Where the runner that serves this page is reached, under the same prefix as the page. */
function runnerUrl(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${linkTo(WS_PATH)}`
}

const watch = new LiveWatch((token) => ({ url: runnerUrl(), token, client: randomName() }))

export const live: Source = {
  open(events) {
    const client = randomName()
    return new LiveFeed(() => ({ url: runnerUrl(), token: readToken() ?? '', client }), events)
  },
  watch: (listener) => watch.listen(listener),
  end: (session) => watch.end(session),
  files: new LiveFiles(watch),
}
