/** What an editor would lose at a reload: the text that is not saved yet, and the history of its changes. */
import { lasting } from '../../learner/store.ts'

export interface Draft {
  text: string
  /** Version of the file that the text replaces; null when there was none. */
  base: string | null
  /** What `historyField` of CodeMirror gives, for this very text; null when it is too large. */
  history: unknown
}

const PREFIX = 'brouillon:'
/** Largest history kept, in characters. */
const HISTORY_MAX = 262_144

export function readDraft(path: string): Draft | null {
  const kept = lasting.readJson(PREFIX + path, null) as Draft | null
  return typeof kept?.text === 'string' ? kept : null
}

export function writeDraft(path: string, { text, base, history }: Draft): void {
  const small = JSON.stringify(history ?? null).length <= HISTORY_MAX
  lasting.writeJson(PREFIX + path, { text, base, history: small ? history : null })
}
