/** All that the browser keeps of a learner: read, saved to a file, restored, erased. Nothing leaves the machine. */
import { lasting } from './store.ts'

const FORMAT = 'prise-directe-progression-1'
/** The names of the file, as earlier files have them. */
const PREFIX = 'prise-directe:'

/** The progress as the text of a file. */
export function exportProgress(): string {
  const kept = Object.fromEntries(lasting.names().map((name) => [PREFIX + name, lasting.read(name)]))
  return JSON.stringify({ format: FORMAT, date: new Date().toISOString(), kept }, null, 2)
}

/** Puts back what a file holds, in place of what is here. Throws, and changes nothing, when it is not such a file. */
export function importProgress(text: string): number {
  const file: unknown = JSON.parse(text)
  const { format, kept } = (file ?? {}) as { format?: unknown; kept?: unknown }
  if (format !== FORMAT || typeof kept !== 'object' || kept === null)
    throw new TypeError('not a progress file')
  const entries = Object.entries(kept).filter(
    (entry): entry is [string, string] => entry[0].startsWith(PREFIX) && typeof entry[1] === 'string',
  )
  eraseProgress()
  for (const [key, value] of entries) lasting.write(key.slice(PREFIX.length), value)
  return entries.length
}

export function eraseProgress(): void {
  for (const name of lasting.names()) lasting.write(name, null)
}
