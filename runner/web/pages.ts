/** The built pages: files of one folder, sent whole or in part, compressed where their compressed form is beside them. */
import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { lookup } from 'mrmime'

/** A script written in the page: no `src`, and of a type that browsers run. */
const INLINE_SCRIPT = /<script(?![^>]*\ssrc\s*=)([^>]*)>([\s\S]*?)<\/script>/gi
const DATA_TYPE = /\stype\s*=\s*["']?(?!module\b|text\/javascript\b)[\w/+-]+/i

/** The `sha256-…` sources that allow the scripts written in the pages of `dir`, and no other. */
export function inlineScriptHashes(dir: string): string[] {
  const hashes = new Set<string>()
  for (const page of globSync('**/*.html', { cwd: dir })) {
    for (const [, attributes = '', script = ''] of readFileSync(join(dir, page), 'utf8').matchAll(
      INLINE_SCRIPT,
    )) {
      if (DATA_TYPE.test(attributes)) continue
      hashes.add(`sha256-${createHash('sha256').update(script).digest('base64')}`)
    }
  }
  return [...hashes].sort()
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** A file of the site, open. */
interface Found {
  file: FileHandle
  size: number
  /** Changes with the content. */
  etag: string
  headers: OutgoingHttpHeaders
}

/** Serves the files of `dir` as they are now; what is not there gets its `404.html`. */
export function siteHandler(dir: string): Handler {
  return (request, response) => {
    serve(dir, request, response).catch(() => {
      // No descriptor left, a disk that fails, a page that leaves: the next request may fare better.
      if (response.headersSent) response.destroy()
      else response.writeHead(503, { 'Retry-After': '1' }).end()
    })
  }
}

async function serve(dir: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = pathOf(request.url ?? '')
  const range = request.headers['if-range'] ? undefined : request.headers.range
  const gzip = !range && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
  const found = path && (await find(dir, path, gzip))
  if (!found) {
    await notFound(dir, gzip, request, response)
    return
  }
  try {
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
): Promise<void> {
  response.statusCode = 404
  const page = await find(dir, '/404.html', gzip)
  try {
    if (page) await send(page, undefined, request, response)
    else response.end()
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
    const compressed = gzip && (await openFile(join(dir, `${name}.gz`)))
    if (compressed) return { ...compressed, headers: { ...headers, 'Content-Encoding': 'gzip' } }
    const plain = await openFile(join(dir, name))
    if (plain) return { ...plain, headers: { ...headers, 'Accept-Ranges': 'bytes' } }
  }
  return null
}

/** Opens a file; null when there is none. Rejects when it cannot be opened for another reason. */
async function openFile(path: string): Promise<Omit<Found, 'headers'> | null> {
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
