/** The sessions of the terminals of a tab, remembered so that a reload takes them again. */
import { tab } from './store.ts'

export interface KeptSession {
  session: string
  /** Offset from which to show: moves when the terminal is cleared. */
  from: number
  variant: string
  /** What the terminal shows first; empty for a program taken up from another page. */
  command: string
  /** It was asked here to take the keyboard, whoever has it. */
  drive?: true
}

const PREFIX = 'session:'

export function readSession(lab: string, role: string): KeptSession | null {
  return tab.readJson(`${PREFIX}${lab}:${role}`, null) as KeptSession | null
}

export function writeSession(lab: string, role: string, kept: KeptSession | null): void {
  const name = `${PREFIX}${lab}:${role}`
  if (kept) tab.writeJson(name, kept)
  else tab.write(name, null)
}
