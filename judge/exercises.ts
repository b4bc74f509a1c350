/** The exercises of the course: their words, their check, their files. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Activities, Exercise } from '../labs/activities.ts'
import type { Check } from '../labs/check.ts'

export interface Checked {
  /** The lab's folder: `refus`. */
  lab: string
  /** The base name of its files: `poli`. */
  name: string
  exercise: Exercise
  check: Check
}

/** The exercises of the labs in `labsDir`, or of one of them, that have a check: in the order of the labs and of their activities. */
export async function checkedExercises(labsDir: string, only?: string): Promise<Checked[]> {
  const found: Checked[] = []
  for (const lab of readdirSync(labsDir)) {
    if (only !== undefined && lab !== only) continue
    const activities = await load<Activities>(join(labsDir, lab, 'activites.ts'))
    for (const exercise of activities?.create ?? []) {
      const name = exercise.file.replace(/^.*\/(.*)\.ts$/, '$1')
      const check = await load<Check>(join(labsDir, lab, 'verifications', `${name}.ts`))
      if (check) found.push({ lab, name, exercise, check })
    }
  }
  return found
}

async function load<T>(file: string): Promise<T | undefined> {
  if (!existsSync(file)) return undefined
  return (await import(pathToFileURL(file).href)).default as T
}
