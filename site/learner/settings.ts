/** What the reader chose for all pages: a switch that is on is kept, one that is off is forgotten. */
import { lasting } from './store.ts'

export type Setting = 'lecteur-ecran' | 'grand'

export function readSetting(name: Setting): boolean {
  return lasting.read(name) === 'oui'
}

export function writeSetting(name: Setting, on: boolean): void {
  lasting.write(name, on ? 'oui' : null)
}
