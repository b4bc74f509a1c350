/** Plays a check against a program, and reports. */
import type { Exercise } from '../labs/activities.ts'
import type { Check, Criterion, CriterionResult, Report } from '../labs/check.ts'
import type { Command } from './command.ts'
import { Gap, Trouble, Unsure } from './verdicts.ts'
import type { Witness } from './witness.ts'
import { milliseconds } from './words.ts'
import { World } from './world.ts'

/** Plays of one criterion when, and only when, the machine was too slow to tell. */
const TRIES = 3
/** How long a criterion may last, in ms. */
const CRITERION_MAX = 60_000
/** What is said of a criterion which saw all but what it measures. */
const UNMEASURED = {
  verdict: 'unsure',
  unmeasured: true,
  observed: 'la mémoire que prend votre programme n’est pas mesurée ici',
} as const
/** A connection that ends may be the first news of a program that dies: how long its end is awaited, in ms. */
const LAST_BREATH = 150

export interface PlayOptions {
  seed: number
  /** What is judged, to note in the report. */
  source?: Report['source']
  /** Stops at the first criterion that fails. */
  stopAtFirst?: boolean
  /** Called after each criterion. */
  progress?(result: CriterionResult): void
}

/** Plays all the criteria of a check, in their order, against `command`. */
export async function play(
  check: Check,
  exercise: Exercise,
  command: Command,
  witness: Witness,
  options: PlayOptions,
): Promise<Report> {
  const begun = performance.now()
  const { turns } = witness
  const { seed, source } = options
  const criteria: CriterionResult[] = []
  let trouble: Trouble | undefined
  for (const [rank, criterion] of check.criteria.entries()) {
    const result: CriterionResult = {
      id: criterion.id,
      say: exercise.criteria[criterion.say] ?? '',
      verdict: 'skipped',
      ms: 0,
      tries: 0,
    }
    criteria.push(result)
    if (!trouble && witness.host.shows(criterion.only)) {
      const from = performance.now()
      const newWorld = () => new World(witness, command, check.ready, seed * 1000 + rank)
      trouble = await playCriterion(criterion, exercise, witness, newWorld, result)
      // A program that could be played once is judged.
      if (trouble && criteria.length > 1) {
        const observed = [trouble.message, ...trouble.excerpt].join(' ')
        Object.assign(result, {
          verdict: 'ko',
          observed,
          expected: 'un programme prêt',
          hint: exercise.hints[0],
        })
        trouble = undefined
      }
      result.ms = Math.round(performance.now() - from)
    }
    options.progress?.(result)
    if (options.stopAtFirst && result.verdict === 'ko') break
  }
  return {
    v: 1,
    exercise: exercise.id,
    title: exercise.title,
    outcome: trouble ? 'not-run' : outcomeOf(criteria),
    ...(trouble && { trouble: { code: trouble.code, text: trouble.message, excerpt: trouble.excerpt } }),
    criteria,
    seed,
    ms: Math.round(performance.now() - begun),
    command: [...command.words],
    ...(source && { source }),
    witness: {
      turns: witness.turns - turns,
      worst: Math.round(witness.worst(begun)),
      typical: Math.round(witness.typical() * 10) / 10,
    },
  }
}

/** Plays one criterion until it is sure, and completes its result; returns what kept it from being played. */
async function playCriterion(
  criterion: Criterion,
  exercise: Exercise,
  witness: Witness,
  newWorld: () => World,
  result: CriterionResult,
): Promise<Trouble | undefined> {
  while (result.tries < TRIES) {
    result.tries += 1
    const world = newWorld()
    try {
      await limited(criterion.run(world))
      const death = world.death()
      if (death) throw new Gap(death, 'un programme qui continue')
      const unmeasured = criterion.measures === 'memory' && !witness.host.measuresMemory
      Object.assign(result, unmeasured ? UNMEASURED : { verdict: 'ok' })
      if (!unmeasured) delete result.observed
      keepExchange(result, world)
      return undefined
    } catch (error) {
      if (error instanceof Trouble) return error
      const doubt = doubtAbout(error, criterion, witness.worst(world.launchedAt))
      if (doubt !== undefined) {
        result.verdict = 'unsure'
        result.observed = doubt
        continue
      }
      if (!(error instanceof Gap)) throw error
      await world.until(() => world.death() !== undefined, LAST_BREATH).catch(() => false)
      const death = world.death() ?? world.failure()
      result.verdict = 'ko'
      result.observed =
        death && !error.observed.includes(death) ? `${death} ; ${error.observed}` : error.observed
      result.expected = error.expected
      result.hint = exercise.hints[criterion.hint ?? 0]
      keepExchange(result, world)
      return undefined
    } finally {
      await world.close()
    }
  }
  return undefined
}

function keepExchange(result: CriterionResult, world: World): void {
  const excerpt = world.excerpt()
  if (excerpt) result.exchange = excerpt
  const peers = world.traces()
  if (peers.length > 0) result.peers = peers
}

/** Why a failure proves nothing; undefined when it does. */
function doubtAbout(error: unknown, { tempo }: Criterion, slowest: number): string | undefined {
  if (error instanceof Unsure) return error.message
  if (!(error instanceof Gap) || tempo === undefined || slowest <= tempo / 2) return undefined
  const limits = `jusqu'à ${milliseconds(slowest)} à servir le vérificateur, qui devait répondre en ${milliseconds(tempo)}`
  return `la machine a mis ${limits} (vu : ${error.observed})`
}

async function limited(run: Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => reject(new Unsure(`le critère a duré plus de ${milliseconds(CRITERION_MAX)}`)),
    CRITERION_MAX,
  )
  await Promise.race([run, promise]).finally(() => clearTimeout(timer))
}

function outcomeOf(criteria: readonly CriterionResult[]): Report['outcome'] {
  if (criteria.some(({ verdict }) => verdict === 'ko')) return 'failed'
  if (criteria.every(({ verdict }) => verdict === 'skipped')) return 'not-run'
  return criteria.some(({ verdict }) => verdict === 'unsure') ? 'unsure' : 'passed'
}
