/** The learner's files over HTTP, for who shows the key: see `FILES_PATH`. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Address } from '../address.ts'
import { decode, FILE_MAX, RefusedFile } from '../files/text.ts'
import type { Workspace } from '../files/workspace.ts'
import { FILES_PATH, type FileRefusal } from '../protocol.ts'
import { hostAllowed, keyShown, originForeign } from './security.ts'

const STATUS: Record<FileRefusal['reason'], number> = {
  absent: 404,
  'unknown-file': 404,
  'bad-name': 400,
  link: 403,
  'no-access': 403,
  conflict: 409,
  'too-large': 413,
  binary: 415,
  'not-utf8': 415,
  'disk-full': 507,
}

/** Answers a request for the learner's files; false, and nothing done, for any other. */
export type FilesHandler = (request: IncomingMessage, response: ServerResponse) => boolean

/** What is asked about one file, or a whole lab when `file` is empty. */
interface Target {
  lab: string
  file: string
  /** The name of a version that is kept. */
  kept: string | null
}

export function filesHandler(workspace: Workspace, address: Address, key: string): FilesHandler {
  return (request, response) => {
    const url = address.within(request.url ?? '')
    if (url !== FILES_PATH && !url.startsWith(`${FILES_PATH}/`)) return false
    const target = targetOf(url.slice(FILES_PATH.length + 1))
    response.setHeader('Cache-Control', 'no-store')
    if (!hostAllowed(request, address)) response.writeHead(421).end()
    else if (originForeign(request, address)) response.writeHead(403).end()
    else if (!keyShown(request, key)) response.writeHead(401).end()
    else if (!target) refuse(response, { reason: 'unknown-file' })
    else void answer(workspace, target, request, response)
    return true
  }
}

function targetOf(path: string): Target | null {
  try {
    const { pathname, searchParams } = new URL(`http://localhost/${path}`)
    const [lab = '', ...rest] = pathname.slice(1).split('/').map(decodeURIComponent)
    return { lab, file: rest.join('/'), kept: searchParams.get('version') }
  } catch {
    return null
  }
}

async function answer(
  workspace: Workspace,
  target: Target,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (request.method === 'GET') say(response, 200, await read(workspace, target))
    else if (request.method === 'PUT')
      say(response, 200, { version: await write(workspace, target, request) })
    else response.writeHead(405, { Allow: 'GET, PUT' }).end()
  } catch (error) {
    if (response.headersSent || response.destroyed) return
    if (error instanceof RefusedFile) refuse(response, error.refusal)
    else response.writeHead(503, { 'Retry-After': '1' }).end()
  }
}

function read(workspace: Workspace, { lab, file, kept }: Target): Promise<unknown> {
  if (file === '') return workspace.list(lab)
  return kept === null ? workspace.read(lab, file) : workspace.readKept(lab, file, kept)
}

async function write(
  workspace: Workspace,
  { lab, file, kept }: Target,
  request: IncomingMessage,
): Promise<string> {
  const base = baseOf(request)
  const { text } = decode(await bodyOf(request))
  return kept === null ? workspace.write(lab, file, text, base) : workspace.keep(lab, file, kept, text, base)
}

/** The version that the request replaces; null when it makes the file. What names none replaces nothing that exists. */
function baseOf({ headers }: IncomingMessage): string | null {
  return /^"([\w-]+)"$/.exec(headers['if-match'] ?? '')?.[1] ?? null
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes <= FILE_MAX) chunks.push(chunk)
  }
  if (bytes > FILE_MAX) throw new RefusedFile({ reason: 'too-large', bytes })
  return Buffer.concat(chunks)
}

function refuse(response: ServerResponse, refusal: FileRefusal): void {
  say(response, STATUS[refusal.reason], refusal)
}

function say(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(value))
}
