/** The built pages. */
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import sirv from 'sirv'

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

/** Serves the files of `dir`; what is not there gets its `404.html`. */
export function siteHandler(dir: string): Handler {
  const notFound = join(dir, '404.html')
  const serve = sirv(dir, {
    etag: true,
    gzip: true,
    setHeaders: (response, path) => {
      // The names of these files change with their content.
      const forever = path.startsWith('/_astro/')
      response.setHeader('Cache-Control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  return (request, response) =>
    serve(request, response, () => {
      response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' })
      response.end(existsSync(notFound) ? readFileSync(notFound) : '')
    })
}
