/** Where the runner keeps what it writes: programs to end after a crash, C++ builds, compiled code. */
import { dirname, join } from 'node:path'

/** The setting that names that folder, for a project that cannot be written in. */
const SETTING = 'PRISE_DIRECTE_ETAT'

/** The folder of the setting, or `.cache` beside the labs. */
export function stateFolder(labsDir: string): string {
  return process.env[SETTING] || join(dirname(labsDir), '.cache')
}
