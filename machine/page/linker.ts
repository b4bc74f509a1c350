/**
 * ES modules from texts: each is published under an address that a worker can import, after those that it imports.
 */
import { parse } from 'es-module-lexer/js'
import type { Program } from '../messages.ts'

/** JavaScript texts by path: `labs/udp/recepteur.ts`. */
export type Sources = Readonly<Record<string, string>>

/** What the page says of a module that cannot be found, or that imports itself. */
export class LinkError extends Error {}

export interface Linked {
  url: string
  names: Program['names']
}

/** What the modules of a program may import besides each other. */
export interface Surroundings {
  /** The file that a name stands for (`#qt-network`), or null. */
  named(name: string): string | null
  /** Address of the module that stands for `node:<name>`, or null. */
  node(name: string): string | null
  /** Gives an address to a text. */
  publish(path: string, text: string): string
}

/**
 * Publishes `entry` and all that it imports.
 * @throws LinkError with a sentence in French.
 */
export function link(entry: string, sources: Sources, around: Surroundings): Linked {
  const urls = new Map<string, string>()
  const names: [string, { path: string; text: string }][] = []
  const open: string[] = []

  function urlOf(path: string): string {
    const known = urls.get(path)
    if (known) return known
    const text = sources[path]
    if (text === undefined) throw new LinkError(`Le fichier « ${path} » est introuvable.`)
    if (open.includes(path)) {
      throw new LinkError(`Des fichiers s’importent en rond : ${[...open, path].join(' → ')}.`)
    }
    open.push(path)
    const url = around.publish(path, rewritten(path, text))
    open.pop()
    urls.set(path, url)
    names.push([url, { path: `/${path}`, text }])
    return url
  }

  function rewritten(path: string, text: string): string {
    let code = text
    for (const { n: name, s: start, e: end, d: dynamic } of importsOf(path, text).toReversed()) {
      if (name === undefined || dynamic < -1) continue
      const url = resolve(name, path)
      code = code.slice(0, start) + (dynamic === -1 ? url : JSON.stringify(url)) + code.slice(end)
    }
    return code
  }

  function resolve(name: string, from: string): string {
    if (name.startsWith('node:')) {
      const url = around.node(name.slice('node:'.length))
      if (url === null) throw new LinkError(`« ${name} » n’existe pas dans le réseau simulé.`)
      return url
    }
    const path = name.startsWith('.')
      ? new URL(name, `file:///${from}`).pathname.slice(1)
      : name.startsWith('#')
        ? around.named(name)
        : null
    if (path === null) throw new LinkError(`« ${name} » n’existe pas dans le réseau simulé.`)
    return urlOf(path)
  }

  return { url: urlOf(entry), names }
}

/** A text that is no module is left to whoever runs it: it tells the fault better. */
function importsOf(path: string, text: string) {
  try {
    return parse(text, path)[0]
  } catch {
    return []
  }
}
