/**
 * Keeps a site of files for when there is no network. One version at a time, whole: the pages that are open go on with
 * theirs, and a new one takes over when they are all closed.
 */

/** Names the version, and the files kept from the first visit, from the folder of this script: filled by the build. */
declare const __VERSION__: string
declare const __KEPT__: readonly string[]

/** What types know of a page only. */
interface Extendable extends Event {
  waitUntil(job: Promise<unknown>): void
}
interface FetchAsked extends Extendable {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
const worker = globalThis as unknown as {
  addEventListener<E extends Event>(type: string, listener: (event: E) => void): void
}

const PREFIX = `prise-directe ${new URL('.', location.href).pathname} `
const NAME = PREFIX + __VERSION__

worker.addEventListener<Extendable>('install', (event) => event.waitUntil(keep()))
worker.addEventListener<Extendable>('activate', (event) => event.waitUntil(forgetOthers()))
worker.addEventListener<FetchAsked>('fetch', (event) => {
  const { request } = event
  if (
    request.method === 'GET' &&
    new URL(request.url).origin === location.origin &&
    !request.headers.has('range')
  )
    event.respondWith(answer(request))
})

/** Fails, and is tried again another day, when a file is missing: a version is kept whole or not at all. */
async function keep(): Promise<void> {
  const cache = await caches.open(NAME)
  await cache.addAll(__KEPT__.map((path) => new Request(path, { cache: 'no-cache' })))
}

async function forgetOthers(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== NAME) await caches.delete(name)
  }
}

/** What is kept, else what the network gives; a file whose name changes with its content is kept from then on. */
async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(NAME)
  const { pathname } = new URL(request.url)
  for (const path of [pathname, `${pathname}index.html`, `${pathname}/index.html`]) {
    const kept = await cache.match(path)
    if (kept) return plain(kept)
  }
  const found = await fetch(request)
  if (found.ok && found.type === 'basic' && /\/(_astro|machine-[0-9a-f]+)\//.test(pathname))
    await cache.put(pathname, found.clone())
  return found
}

/** A page asked for by a navigation may not be the answer to another address. */
function plain(kept: Response): Response {
  if (!kept.redirected) return kept
  const { body, status, headers } = kept
  return new Response(body, { status, headers })
}
