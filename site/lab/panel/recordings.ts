/** The recorded runs that the site is published with. */
import { linkTo } from '../../links.ts'

const FOLDER = '/enregistrements'

let list: Promise<ReadonlySet<string>> | null = null

/** The variants of a lab that have one; none when the site does not say. */
export async function recordedVariants(lab: string): Promise<readonly string[]> {
  list ??= published()
  const names = await list
  return ['ts', 'node', 'qt'].filter((variant) => names.has(`${lab}-${variant}`))
}

/** The text of the recording of a lab in a variant; null when it cannot be had. */
export async function fetchRecording(lab: string, variant: string): Promise<string | null> {
  const answer = await fetch(linkTo(`${FOLDER}/${lab}-${variant}.jsonl`)).catch(() => null)
  return answer?.ok ? answer.text() : null
}

async function published(): Promise<ReadonlySet<string>> {
  try {
    const answer = await fetch(linkTo(`${FOLDER}/liste.json`))
    return new Set(answer.ok ? ((await answer.json()) as string[]) : [])
  } catch {
    list = null
    return new Set()
  }
}
