/** The lines behind the addresses that the probe of Qt tells. */
import { execFile } from 'node:child_process'
import { relative, sep } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Whether a call site is an address of the executable: `+1a2b`. */
export function isAddress(site: string): boolean {
  return /^\+[0-9a-f]{1,12}$/.test(site)
}

/**
 * The line of each address of an executable, from the folder of the labs: `refus/qt/serveur/Serveur.cpp:53`. An address
 * has none when it is not in a file of the labs, and none has any without `addr2line`, which comes with the compiler.
 */
export async function linesOf(
  executable: string,
  addresses: readonly string[],
  labsDir: string,
): Promise<Map<string, string>> {
  const lines = new Map<string, string>()
  const asked = [...new Set(addresses.filter(isAddress))]
  if (asked.length === 0) return lines
  const numbers = asked.map((address) => `0x${address.slice(1)}`)
  const said = await run('addr2line', ['-a', '-i', '-e', executable, ...numbers]).catch(() => ({
    stdout: '',
  }))
  // The innermost line first: a short function of Qt may have been put in place of its call.
  for (const block of said.stdout.split(/^(?=0x)/m)) {
    const [number, ...frames] = block.trim().split('\n')
    const line = frames.map((frame) => relative(labsDir, frame.replace(/ \(.*$/, ''))).find(isOfLabs)
    if (number && line) lines.set(`+${BigInt(number).toString(16)}`, line.split(sep).join('/'))
  }
  return lines
}

function isOfLabs(path: string): boolean {
  return !path.startsWith('..') && /:\d+$/.test(path)
}
