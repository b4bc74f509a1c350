/** The labs of the course as a page fetches them, one by one. */
import type { Activities } from '../../labs/activities.ts'
import type { Lab } from '../../labs/lab.ts'

const LABS = import.meta.glob<{ default: Lab }>('../../labs/*/lab.ts')
const ACTIVITIES = import.meta.glob<{ default: Activities }>('../../labs/*/activites.ts')

/** Undefined when there is no such lab. Rejects when it cannot be fetched. */
export async function loadLab(id: string): Promise<Lab | undefined> {
  return (await LABS[`../../labs/${id}/lab.ts`]?.())?.default
}

/** What the learner does in a lab, where there is something. Rejects like `loadLab`. */
export async function loadActivities(id: string): Promise<Activities | undefined> {
  return (await ACTIVITIES[`../../labs/${id}/activites.ts`]?.())?.default
}

/** Whether a lab has a page of its own; what is only inserted in others has none. */
export function hasPage(lab: Lab): boolean {
  return /\d/.test(lab.section)
}
