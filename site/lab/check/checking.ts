/** « Vérifier » for one exercise: starts the judge in a terminal, shows what it tells, remembers it, hands it in. */
import type { Exercise } from '../../../labs/activities.ts'
import { handIn } from '../../../labs/hand-in.ts'
import { type Judged, JudgedReader } from '../../../labs/judged.ts'
import type { Lab, Role, VariantId } from '../../../labs/lab.ts'
import type { LiveProgram } from '../../../runner/protocol.ts'
import { type CheckRecord, checkOf, isSolutionOpen, keepCheck } from '../../learner/checks.ts'
import { readSession } from '../../learner/sessions.ts'
import { CHECK } from '../../texts.ts'
import { apart, checkRole, insertPane } from '../panel/apart.ts'
import { saveFile } from '../panel/files.ts'
import type { PaneHost } from '../panel/pane-host.ts'
import { RolePane } from '../panel/role-pane.ts'
import { NotReadyError } from '../panel/run.ts'
import { showInline } from '../panel/show.ts'
import { variantOption } from '../panel/variant-choice.ts'
import { ReportView } from './report-view.ts'
import { loadSolution } from './solutions.ts'

export interface CheckingOptions {
  /** The element of the exercise, in `Create.astro`. */
  root: HTMLElement
  panel: HTMLElement
  host: PaneHost
  lab: Lab
  labId: string
  exercise: Pick<Exercise, 'id'>
  /** Writes what is being typed in the editor. */
  save(): Promise<boolean>
  /** The exercise is passed. */
  passed(): void
}

/** What a judge says at its end. */
type Told = Extract<Judged, { report: unknown }>

export class Checking {
  readonly #options: CheckingOptions
  readonly #view: ReportView
  #pane: RolePane | null = null
  /** What came of the verification that goes on, or of the last one. */
  #told: Told | null = null
  #record: CheckRecord
  #isBusy = false

  constructor(options: CheckingOptions) {
    this.#options = options
    this.#view = new ReportView(options.root)
    this.#record = checkOf(options.exercise.id)
    this.#part('solution').addEventListener('toggle', () => void this.#showSolution())
    this.#part('hand-in').addEventListener('submit', (event) => {
      event.preventDefault()
      this.#handIn()
    })
    if (this.#record.last) this.#view.show(this.#record.last.report)
    this.#showRecord()
  }

  /** Judges the program as it is now; resolves once all is shown. */
  verify(): Promise<void> {
    return this.#follow(async () => {
      if (!(await this.#options.save())) return null
      const pane = this.#open(this.variant)
      await pane.start({})
      return pane
    })
  }

  /** Follows to its end the verification that a reload has left behind; `programs` is all that runs. */
  resume(programs: readonly LiveProgram[]): Promise<void> {
    const left = readSession(this.#options.labId, checkRole(this.#name))
    if (this.#choice && left) {
      this.#choice.value = left.variant
      this.#choice.dispatchEvent(new Event('change', { bubbles: true }))
    }
    return this.#follow(async () => {
      const pane = this.#open(this.variant)
      await pane.resume(programs)
      return pane
    })
  }

  /** Shows what the judge that `begin` gives tells, until it is over. */
  async #follow(begin: () => Promise<RolePane | null>): Promise<void> {
    const { host } = this.#options
    if (this.#isBusy) return
    this.#busy(true)
    this.#view.clear()
    this.#told = null
    try {
      const pane = await begin()
      if (!pane) return this.#view.interrupted()
      await pane.over
      if (this.#told) this.#over(this.#told, pane.variant)
      else await this.#untold(pane)
    } catch (error) {
      // Its pane has already said why.
      if (!(error instanceof NotReadyError)) throw error
      this.#view.interrupted()
    } finally {
      this.#busy(false)
      host.announce(this.#part('band').textContent ?? '')
    }
  }

  dispose(): void {
    this.#pane?.dispose()
  }

  /** The language that the learner chose. */
  get variant(): VariantId {
    return (this.#choice?.value ?? 'ts') as VariantId
  }

  get #choice(): HTMLSelectElement | null {
    return this.#options.root.querySelector('[data-check-variant]')
  }

  /** The base name of the files of the exercise: `poli`. */
  get #name(): string {
    return this.#options.root.dataset.check!
  }

  #part(name: string): HTMLElement {
    return this.#options.root.querySelector<HTMLElement>(`[data-check-${name}]`)!
  }

  /** A new terminal for each verification: nothing is left of the one before. */
  #open(variant: VariantId): RolePane {
    const { panel, host, labId, lab, exercise } = this.#options
    const command = `npm run verifier -- ${exercise.id}${variantOption(variant)}`
    const title = CHECK.exercise(exercise.id)
    const name = checkRole(this.#name)
    this.#pane?.dispose()
    const element = insertPane(panel, this.#part('terminal'), { name, title, command, variant })!
    const role: Role = {
      id: name,
      title,
      program: `exercices/${this.#name}`,
      variants: [variant],
      parameters: [],
    }
    const [reader, decoder] = [new JudgedReader(), new TextDecoder()]
    const printed = (bytes: Uint8Array) => {
      for (const judged of reader.push(decoder.decode(bytes, { stream: true }))) this.#hear(judged)
    }
    this.#pane = new RolePane(apart(host), element, {
      panelId: labId,
      labId,
      lab,
      role,
      judge: { command, printed },
    })
    element.addEventListener('click', ({ target }) => {
      if (target instanceof Element && target.closest('[data-action="launch"], [data-action="restart"]'))
        void this.verify()
    })
    return this.#pane
  }

  #hear(judged: Judged): void {
    if ('report' in judged) {
      this.#told = judged
      this.#view.show(judged.report)
    } else this.#view.add(judged.criterion)
  }

  /** Nothing was judged: the compiler says why, or the terminal does. */
  async #untold({ output }: RolePane): Promise<void> {
    const { firstError } = await import('../editor/gcc.ts')
    const error = firstError(output)
    if (error) this.#view.notBuilt(error)
    else this.#view.interrupted()
  }

  #over({ report, source = '' }: Told, variant: VariantId): void {
    this.#record = keepCheck(this.#options.exercise.id, { report, source, variant })
    if (report.outcome === 'passed') this.#options.passed()
    this.#showRecord()
  }

  #busy(on: boolean): void {
    this.#isBusy = on
    const button = this.#options.root.querySelector<HTMLButtonElement>('[data-action="verify"]')!
    button.disabled = on
    button.querySelector('span')!.textContent = on ? CHECK.running : CHECK.verify
    if (on) this.#part('verdict').hidden = false
  }

  /** How many tries, since when it is passed, and what is open from then on. */
  #showRecord(): void {
    const { passed, tries, last } = this.#record
    this.#part('verdict').hidden = tries === 0
    showInline(
      this.#part('record'),
      passed ? CHECK.passedOn(new Date(passed), tries) : tries > 0 ? CHECK.tried(tries) : '',
    )
    this.#part('solution').hidden = !isSolutionOpen(this.#record)
    this.#part('hand-in').hidden = !last?.source
  }

  async #showSolution(): Promise<void> {
    const details = this.#part('solution') as HTMLDetailsElement
    const place = details.querySelector<HTMLElement>('[data-check-listing]')!
    if (!details.open || place.childElementCount > 0) return
    try {
      const { file, text } = await loadSolution(this.#options.labId, this.#name, this.variant)
      const { showListing } = await import('../editor/listing.ts')
      showListing(place, file, text)
    } catch {
      showInline(place, CHECK.solutionMissing)
    }
  }

  #handIn(): void {
    const { last } = this.#record
    if (!last) return
    const form = this.#part('hand-in') as HTMLFormElement
    const name = String(new FormData(form).get('name') ?? '')
    const file = `rendu-${this.#options.exercise.id}.json`
    saveFile(file, JSON.stringify(handIn({ ...last, name }), null, 2), 'application/json')
    showInline(form.querySelector('[data-check-handed]')!, CHECK.handedIn(file))
  }
}
