/** The twin's verdict on scenarios: what it did, compared with what real Qt had done. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compare, type Difference } from './compare.ts'
import { OutsideLanguage, parseScenario } from './language.ts'
import { OutsideApi, playScenario } from './player.ts'

export type Verdict =
  | { kind: 'ok' }
  | { kind: 'DIFF'; difference: Difference }
  | { kind: 'hors'; reason: string }

/** Names of the scenarios of a folder, sorted, without their extension. */
export function scenarioNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.qts'))
    .map((file) => file.slice(0, -'.qts'.length))
    .sort()
}

/** Plays one scenario and compares it with its oracle. */
export async function judge(source: string, oracle: string): Promise<Verdict> {
  try {
    const scenario = parseScenario(source)
    if (scenario.outsideApi) return { kind: 'hors', reason: 'marqué [hors-api]' }
    const difference = compare(oracle.split('\n'), await playScenario(scenario), scenario.variable)
    return difference === null ? { kind: 'ok' } : { kind: 'DIFF', difference }
  } catch (error) {
    if (error instanceof OutsideLanguage) return { kind: 'hors', reason: error.message }
    if (error instanceof OutsideApi) return { kind: 'hors', reason: `${error.message} hors de l'API` }
    return { kind: 'DIFF', difference: { object: '', expected: undefined, actual: (error as Error).message } }
  }
}

/** A verdict on one line, with the first differing line of each side under a DIFF. */
export function report(name: string, verdict: Verdict): string {
  if (verdict.kind === 'ok') return `ok    ${name}`
  if (verdict.kind === 'hors') return `hors  ${name} (${verdict.reason})`
  const { object, expected, actual } = verdict.difference
  const about = object === '' ? 'hors objet' : `objet ${object}`
  return `DIFF  ${name} (${about})  Qt : ${expected ?? '(rien)'}  |  jumeau : ${actual ?? '(rien)'}`
}

/** Plays every scenario of a folder and prints its verdict, then the count. Resolves to whether none differs. */
export async function judgeAll(scenarios: string, oracles: string): Promise<boolean> {
  const counts = { ok: 0, DIFF: 0, hors: 0 }
  for (const name of scenarioNames(scenarios)) {
    const source = readFileSync(join(scenarios, `${name}.qts`), 'utf8')
    const verdict = await judge(source, readFileSync(join(oracles, `${name}.txt`), 'utf8'))
    counts[verdict.kind] += 1
    console.log(report(name, verdict))
  }
  const total = counts.ok + counts.DIFF + counts.hors
  console.log(`${total} scénarios : ${counts.ok} ok, ${counts.DIFF} DIFF, ${counts.hors} hors`)
  return counts.DIFF === 0 && total > 0
}
