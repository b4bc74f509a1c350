/**
 * What the learner did and chose in a lab, kept by the browser under one key per lab (`prise-directe:labo:udp`).
 * A browser that refuses to keep anything still works, without memory.
 */
import type { ParameterValue } from '../../labs/lab.ts'

export interface LabRecord {
  /** The option chosen for each prediction, by its index. */
  predictions: Record<string, number>
  /** Roles launched at least once. */
  launched: string[]
  /** Observations, modifications and exercises ticked. */
  observed: string[]
  modified: string[]
  created: string[]
  parameters: Record<string, ParameterValue>
  relayParameters: Record<string, ParameterValue>
  variants: Record<string, string>
}

const PREFIX = 'prise-directe:labo:'

function blank(): LabRecord {
  return {
    predictions: {},
    launched: [],
    observed: [],
    modified: [],
    created: [],
    parameters: {},
    relayParameters: {},
    variants: {},
  }
}

export function readRecord(lab: string): LabRecord {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PREFIX + lab) ?? '{}')
    return { ...blank(), ...(typeof kept === 'object' ? kept : {}) }
  } catch {
    return blank()
  }
}

export function writeRecord(lab: string, record: LabRecord): void {
  try {
    localStorage.setItem(PREFIX + lab, JSON.stringify(record))
  } catch {
    // Storage full or refused: the page works without memory.
  }
}

/** A setting of the reader, for all labs: `lecteur-ecran`, `grand`. */
export function readSetting(name: string): boolean {
  try {
    return localStorage.getItem(`prise-directe:${name}`) === 'oui'
  } catch {
    return false
  }
}

export function writeSetting(name: string, value: boolean): void {
  try {
    if (value) localStorage.setItem(`prise-directe:${name}`, 'oui')
    else localStorage.removeItem(`prise-directe:${name}`)
  } catch {
    // As above.
  }
}

/** The session of a terminal, kept by the tab so that a reload takes it again. */
export interface KeptSession {
  session: string
  /** Offset from which to show: moves when the terminal is cleared. */
  from: number
  variant: string
  command: string
}

const SESSION_PREFIX = 'prise-directe:session:'

export function readSession(lab: string, role: string): KeptSession | null {
  try {
    return JSON.parse(sessionStorage.getItem(`${SESSION_PREFIX}${lab}:${role}`) ?? 'null')
  } catch {
    return null
  }
}

/** All the sessions that this tab remembers, of any lab. */
export function keptSessions(): { lab: string; role: string; session: string }[] {
  return Object.keys(sessionStorage).flatMap((key) => {
    const [lab, role] = key.startsWith(SESSION_PREFIX) ? key.slice(SESSION_PREFIX.length).split(':') : []
    const kept = lab && role ? readSession(lab, role) : null
    return lab && role && kept ? [{ lab, role, session: kept.session }] : []
  })
}

export function writeSession(lab: string, role: string, kept: KeptSession | null): void {
  const key = `${SESSION_PREFIX}${lab}:${role}`
  if (kept) sessionStorage.setItem(key, JSON.stringify(kept))
  else sessionStorage.removeItem(key)
}
