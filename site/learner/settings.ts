/** What the reader chose for all pages: a switch that is on is kept, one that is off is forgotten; sizes are in px. */
import { lasting } from './store.ts'

export type Setting = 'lecteur-ecran' | 'reseau-simule'
/** The terminals are to be read aloud. */
export const SCREEN_READER: Setting = 'lecteur-ecran'

export type Size = 'atelier-consigne'

export function readSetting(name: Setting): boolean {
  return lasting.read(name) === 'oui'
}

export function writeSetting(name: Setting, on: boolean): void {
  lasting.write(name, on ? 'oui' : null)
}

/** The size chosen, or null. */
export function readSize(name: Size): number | null {
  const size = Number(lasting.read(name) ?? Number.NaN)
  return Number.isFinite(size) ? size : null
}

/** Keeps a size; null forgets it. */
export function writeSize(name: Size, size: number | null): void {
  lasting.write(name, size === null ? null : String(size))
}
