/** What the learner did and chose in a lab: one record per lab (`labo:udp`). */
import type { ParameterValue } from '../../labs/lab.ts'
import { lasting } from './store.ts'

export interface LabRecord {
  /** The option chosen for each prediction, by its index. */
  predictions: Record<string, number>
  /** The cards expected to happen, in the order predicted, each by its rank in the lab; null before. */
  order: readonly number[] | null
  /** Roles launched at least once. */
  launched: string[]
  /** Observations, modifications and exercises ticked. */
  observed: string[]
  modified: string[]
  /** Modifications that the page has seen done. */
  seen: string[]
  created: string[]
  parameters: Record<string, ParameterValue>
  relayParameters: Record<string, ParameterValue>
  variants: Record<string, string>
}

const PREFIX = 'labo:'

/** The record of a lab where nothing has been done. */
export function blankRecord(): LabRecord {
  return {
    predictions: {},
    order: null,
    launched: [],
    observed: [],
    modified: [],
    seen: [],
    created: [],
    parameters: {},
    relayParameters: {},
    variants: {},
  }
}

export function readRecord(lab: string): LabRecord {
  const kept = lasting.readJson(PREFIX + lab, {})
  return { ...blankRecord(), ...(typeof kept === 'object' ? kept : {}) }
}

export function writeRecord(lab: string, record: LabRecord): void {
  lasting.writeJson(PREFIX + lab, record)
}
