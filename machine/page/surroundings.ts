/** What every program of the machine may import besides its own files. */
import type { Surroundings } from './linker.ts'

/** The names that a module of Node exports, by module: `net` → `connect`… */
export type NodeExports = Readonly<Record<string, readonly string[]>>

/** The names that the programs share (`imports` of package.json): `#commun/*` → `labs/commun/*.ts`. */
export type SharedNames = Readonly<Record<string, string>>

/** `publish` gives an address to a text; the same text is published once. */
export function surroundings(
  exported: NodeExports,
  shared: SharedNames,
  publish: Surroundings['publish'],
): Surroundings {
  const urls = new Map<string, string>()
  const once = (path: string, text: string) => {
    const key = `${path}\0${text}`
    const url = urls.get(key) ?? publish(path, text)
    urls.set(key, url)
    return url
  }
  return {
    publish: once,
    named: (name) => fileNamed(name, shared),
    node(name) {
      const names = Object.hasOwn(exported, name) ? exported[name] : undefined
      return names ? once(`node:${name}`, shim(name, names)) : null
    },
  }
}

function fileNamed(name: string, shared: SharedNames): string | null {
  for (const [pattern, target] of Object.entries(shared)) {
    const [before = '', after] = pattern.split('*')
    if (after === undefined ? name !== pattern : !name.startsWith(before)) continue
    return target.replace('*', name.slice(before.length)).replace(/^\.\//, '')
  }
  return null
}

/** A module that exports what the Node of the worker gives: some of it only exists in a real one. */
function shim(name: string, names: readonly string[]): string {
  const list = names.map((one) => `${one}=get(${JSON.stringify(one)})`).join(',')
  return `const all=globalThis[Symbol.for('machine.load')](${JSON.stringify(name)})
const get=(name)=>{try{return all[name]}catch{}}
export default all;${list && `export const ${list};`}`
}
