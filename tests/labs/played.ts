/** The labs that these tests put to the test: all of them, or those that `npm test -- labs/<id>` names. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Activities } from '../../labs/activities.ts'
import type { Lab } from '../../labs/lab.ts'
import { ROOT } from '../../scripts/build.ts'

const LABS = join(ROOT, 'labs')
/** Whether their programs run under the probe: they do, unless `npm run sonde:verdict` wants to see them without it. */
export const probe = process.env.SONDE !== 'sans'
const named = process.env.LABS?.split(' ').filter(Boolean) ?? []

const load = async (id: string, file: string) =>
  (await import(pathToFileURL(join(LABS, id, file)).href)).default

/** What the learner does in a lab that the course shows. */
export const activitiesOf = (id: string): Promise<Activities> => load(id, 'activites.ts')

/** By name: `refus`. */
export const labs = new Map<string, Lab>()
for (const id of readdirSync(LABS)) {
  if (!existsSync(join(LABS, id, 'lab.ts')) || (named.length > 0 && !named.includes(id))) continue
  labs.set(id, await load(id, 'lab.ts'))
}
