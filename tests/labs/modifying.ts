/** Plays each « Modifier » of a lab: its check sees nothing in the untouched lab, and sees the change once it is made. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { Modification } from '../../labs/activities.ts'
import type { ParameterValue, Role, VariantId } from '../../labs/lab.ts'
import { isShown, type LaunchedProgram } from '../../labs/signs.ts'
import { startRunner } from '../../runner/main.ts'
import { ROOT } from '../../scripts/build.ts'
import { type Bench, benchOf, taughtLabs } from './panes.ts'

/** What a learner does to make a change, and to see it. */
export interface Play {
  /** In files of the lab: what they replace, found once, and by what. */
  edits?: Readonly<Record<string, readonly (readonly [from: string, to: string])[]>>
  /** Programs that launch the copy; those of the edited files when absent. */
  copies?: readonly string[]
  /** Other variants than the first ones. */
  variants?: Readonly<Record<string, VariantId>>
  /** What is typed in the form of the panel before « Tout lancer ». */
  given?: Readonly<Record<string, ParameterValue>>
  /** Only the text of the copy has changed: its programs show the same. */
  alike?: true
  /** Once « Tout lancer » is over. In the untouched lab, all that it waits for comes too. */
  play?(hands: Hands): Promise<void>
  /** Systems where it can be seen; all of them when absent. */
  on?: readonly NodeJS.Platform[]
}

/** The lab under the learner's hands. */
export class Hands {
  /** Whether the change was made. */
  readonly made: boolean
  readonly #bench: Bench

  constructor(bench: Bench, made: boolean) {
    this.#bench = bench
    this.made = made
  }

  /** Starts one role as its « Lancer » does, with other values than the form's; resolves once it is ready, or over. */
  async start(role: string, given: Readonly<Record<string, ParameterValue>> = {}): Promise<void> {
    await this.#bench.roles.startInOrder([this.#bench.pane(role)], given)
  }

  type(role: string, line: string): void {
    this.#bench.pane(role).send(`${line}\r`)
  }

  /** Sends a key: `\x04` is Ctrl+D, `\x03` Ctrl+C. */
  press(role: string, key: string): void {
    this.#bench.pane(role).send(key)
  }

  stop(role: string): Promise<void> {
    return this.#bench.pane(role).stop()
  }

  output(role: string): string {
    return this.#bench.pane(role).output
  }

  /** The port that a role has told. */
  port(role: string): number {
    return Number(this.#bench.pane(role).values.port)
  }

  /** Waits for a line of a role. */
  async sees(role: string, line: RegExp): Promise<void> {
    await this.#until(role, `${line}`, () => line.test(this.output(role)))
  }

  /** Waits for the end of a role. */
  async ends(role: string): Promise<void> {
    await this.#until(role, 'its end', () => this.#bench.pane(role).exitCode !== null)
  }

  async #until(role: string, what: string, met: () => boolean): Promise<void> {
    await this.#bench
      .pane(role)
      .until(met)
      .catch(() => assert.fail(`${what} was not seen in ${role}:\n${this.#bench.transcript()}`))
  }
}

/** The tests of the modifications of a lab that have a check, by their titles: each has its play. */
export async function testModifications(id: string, plays: Readonly<Record<string, Play>>): Promise<void> {
  const taught = (await taughtLabs()).find((one) => one.id === id)
  if (!taught) return
  const { lab, activities } = taught
  // Inside the project: what programs share is found by its names.
  const parent = join(ROOT, '.cache')
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'modifier-'))
  const runners = [false, true].map((made) =>
    startRunner({ port: 0, siteDir: null, workDir: join(folder, String(made)) }),
  )
  after(async () => {
    for (const runner of runners) await (await runner).close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** The lab, with the change or without it, until all is done. */
  async function benchFor(play: Play, made: boolean): Promise<[Bench, () => readonly LaunchedProgram[]]> {
    // Another play may have changed the same files.
    rmSync(join(folder, String(made), id), { recursive: true, force: true })
    for (const [file, edits] of Object.entries(play.edits ?? {})) {
      const to = join(folder, String(made), id, file)
      mkdirSync(dirname(to), { recursive: true })
      writeFileSync(to, edited(readFileSync(join(ROOT, 'labs', id, file), 'utf8'), made ? edits : []))
    }
    const files = Object.keys(play.edits ?? {})
    const isCopy = ({ program }: Role) =>
      play.copies?.includes(program) ??
      files.some((file) => file === `${program}.ts` || file === `${program}.node.ts`)
    const variants = made || files.length > 0 ? play.variants : {}
    const on = await runners[Number(made)]!
    const bench = benchOf(id, lab, 'ts', { on, isCopy, ...(variants && { variants }) })
    if (made) Object.assign(bench.typed, play.given)
    const programs = () =>
      bench.roles.panes
        .filter(({ given }) => given.length > 0)
        .map((pane) => ({
          role: pane.role.id,
          program: pane.role.program,
          variant: variants?.[pane.role.id] ?? pane.role.variants[0]!,
          copy: isCopy(pane.role) && (made || !play.alike),
          given: pane.given.at(-1) ?? null,
          exitCode: pane.exitCode,
          output: pane.output,
          events: pane.events?.map(({ event }) => event) ?? null,
        }))
    return [bench, programs]
  }

  describe(`the checks of « Modifier » in ${id}`, () => {
    test('each has its play', () => {
      const checked = activities.modify.filter(({ seen }) => seen).map(({ title }) => title)
      assert.deepEqual(Object.keys(plays).sort(), checked.sort())
    })
    for (const modification of activities.modify) {
      const play = plays[modification.title]
      if (!play || !modification.seen) continue
      const skip =
        play.on && !play.on.includes(process.platform) && `${process.platform} shows something else`
      for (const made of [false, true]) {
        const what = made ? 'is seen once it is made' : 'is not seen in the untouched lab'
        test(`« ${modification.title} » ${what}`, { skip, timeout: 240_000 }, async () => {
          const [bench, programs] = await benchFor(play, made)
          await using _ = bench
          await bench.roles.startAll()
          const hands = new Hands(bench, made)
          await play.play?.(hands)
          const missing = () => missingOf(modification, programs(), lab)
          const first = bench.roles.panes[0]!
          if (made) {
            await first
              .until(() => missing() === '')
              .catch(() => assert.fail(`not seen: ${missing()}\n${bench.transcript()}`))
          } else {
            assert.notEqual(missing(), '', bench.transcript())
            await bench.roles.stopAll()
            assert.notEqual(missing(), '', bench.transcript())
          }
        })
      }
    }
  })
}

/** The signs that are not shown, in words. */
function missingOf(
  { seen = [] }: Modification,
  programs: readonly LaunchedProgram[],
  lab: Parameters<typeof isShown>[2],
): string {
  return seen
    .filter((sign) => !isShown(sign, programs, lab))
    .map(({ role, output, never, event, exit }) =>
      [role, output, never, event?.kind, exit].filter(Boolean).join(' '),
    )
    .join(' · ')
}

function edited(text: string, edits: readonly (readonly [string, string])[]): string {
  return edits.reduce((all, [from, to]) => {
    const parts = all.split(from)
    assert.equal(parts.length, 2, `« ${from} » is found ${parts.length - 1} times`)
    return parts.join(to)
  }, text)
}
