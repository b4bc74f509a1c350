/** The built pages: files of one folder, sent whole or in part, compressed where their compressed form is beside them. */
import { type FileHandle, open } from 'node:fs/promises'
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { lookup } from 'mrmime'
import { InlineScripts } from './inline-scripts.ts'

export type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** Serves the pages; `allow` sets the headers that allow the scripts written in the page about to be sent. */
export type SiteHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  allow: (scripts: readonly string[]) => void,
) => void

/** A file of the site, open. */
interface Found {
  file: FileHandle
  size: number
  /** Changes with the content. */
  etag: string
  headers: OutgoingHttpHeaders
  /** The plain file, when it is a page. */
  page: string | null
}

/** Serves the files of `dir` as they are now; what is not there gets its `404.html`. */
export function siteHandler(dir: string): SiteHandler {
  const scripts = new InlineScripts()
  return (request, response, allow) => {
    serve(dir, request, response, async ({ page }) => {
      if (page) allow(await scripts.of(page))
    }).catch(() => {
      // No descriptor left, a disk that fails, a page that leaves: the next request may fare better.
      if (response.headersSent) response.destroy()
      else response.writeHead(503, { 'Retry-After': '1' }).end()
    })
  }
}

type Prepare = (found: Found) => Promise<void>

async function serve(
  dir: string,
  request: IncomingMessage,
  response: ServerResponse,
  prepare: Prepare,
): Promise<void> {
  const path = pathOf(request.url ?? '')
  const range = request.headers['if-range'] ? undefined : request.headers.range
  const gzip = !range && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
  const found = path && (await find(dir, path, gzip))
  if (!found) {
    await notFound(dir, gzip, request, response, prepare)
    return
  }
  try {
    await prepare(found)
    // The names of these files change with their content.
    const forever = path.startsWith('/_astro/')
    response.setHeader('Cache-Control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
    if (request.headers['if-none-match'] !== found.etag) await send(found, range, request, response)
    else response.writeHead(304, { ETag: found.etag }).end()
  } finally {
    await found.file.close()
  }
}

async function notFound(
  dir: string,
  gzip: boolean,
  request: IncomingMessage,
  response: ServerResponse,
  prepare: Prepare,
): Promise<void> {
  response.statusCode = 404
  const page = await find(dir, '/404.html', gzip)
  try {
    if (page) {
      await prepare(page)
      await send(page, undefined, request, response)
    } else response.end()
  } finally {
    await page?.file.close()
  }
}

/** The path of a request, or null when no file of the site can be meant. */
function pathOf(url: string): string | null {
  try {
    const path = decodeURIComponent(url.split(/[?#]/, 1)[0]!)
    const parts = path.split(/[/\\]/)
    return path.startsWith('/') && !parts.some((part) => part.startsWith('.') || part.includes('\0'))
      ? path
      : null
  } catch {
    return null
  }
}

/** The file of a path: itself, the page of that name, or the one of that folder. */
async function find(dir: string, path: string, gzip: boolean): Promise<Found | null> {
  const names = path.endsWith('/') ? [`${path}index.html`] : [path, `${path}.html`, `${path}/index.html`]
  for (const name of names) {
    const type = lookup(name) ?? 'application/octet-stream'
    const headers = {
      'Content-Type': type === 'text/html' ? `${type};charset=utf-8` : type,
      Vary: 'Accept-Encoding',
    }
    const page = type === 'text/html' ? join(dir, name) : null
    const compressed = gzip && (await openFile(join(dir, `${name}.gz`)))
    if (compressed) return { ...compressed, page, headers: { ...headers, 'Content-Encoding': 'gzip' } }
    const plain = await openFile(join(dir, name))
    if (plain) return { ...plain, page, headers: { ...headers, 'Accept-Ranges': 'bytes' } }
  }
  return null
}

/** Opens a file; null when there is none. Rejects when it cannot be opened for another reason. */
async function openFile(path: string): Promise<Omit<Found, 'headers' | 'page'> | null> {
  let file: FileHandle
  try {
    file = await open(path)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EISDIR'].includes(code)) return null
    throw error
  }
  try {
    const stats = await file.stat()
    if (stats.isFile()) return { file, size: stats.size, etag: `W/"${stats.size}-${stats.mtimeMs}"` }
  } catch {
    // Gone in the meantime.
  }
  await file.close()
  return null
}

async function send(
  { file, size, etag, headers }: Found,
  range: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const part = partOf(range, size)
  if (part === 'unusable') {
    response.writeHead(416, { 'Content-Range': `bytes */${size}` }).end()
    return
  }
  const { start, end } = part ?? { start: 0, end: size - 1 }
  if (part) {
    response.statusCode = 206
    response.setHeader('Content-Range', `bytes ${start}-${end}/${size}`)
  }
  response.writeHead(response.statusCode, { ...headers, ETag: etag, 'Content-Length': end - start + 1 })
  if (request.method === 'HEAD' || size === 0) response.end()
  else await pipeline(file.createReadStream({ start, end, autoClose: false }), response)
}

/** The part of a file that `Range` asks for; undefined for the whole. Several parts at once are not served apart. */
function partOf(
  range: string | undefined,
  size: number,
): { start: number; end: number } | 'unusable' | undefined {
  if (!range?.startsWith('bytes=') || range.includes(',')) return undefined
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? []
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  const usable = (from !== '' || to !== '') && start <= end
  return usable ? { start, end } : 'unusable'
}
