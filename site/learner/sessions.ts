/** The sessions of the terminals of a tab, remembered so that a reload takes them again. */
import { tab } from './store.ts'

export interface KeptSession {
  session: string
  /** Offset from which to show: moves when the terminal is cleared. */
  from: number
  variant: string
  command: string
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

/** All the sessions that this tab remembers, of any lab. */
export function keptSessions(): { lab: string; role: string; session: string }[] {
  return tab.names(PREFIX).flatMap((name) => {
    const [lab, role] = name.slice(PREFIX.length).split(':')
    const kept = lab && role ? readSession(lab, role) : null
    return lab && role && kept ? [{ lab, role, session: kept.session }] : []
  })
}
