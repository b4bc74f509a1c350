/** Which source a panel shows: the runner, the machine of the page, or a recording in place of either. */
import { readSetting, writeSetting } from '../../learner/settings.ts'
import { live } from '../link/live.ts'
import type { Source, SourceStatus } from '../link/source.ts'
import type { Controls } from './controls.ts'
import type { Place } from './side-by-side.ts'

/** The learner prefers the machine of the page to the runner. */
const PREFERS_SIMULATED = 'reseau-simule'

/** Whether the programs run in the page: all there is without a runner, and what the learner may prefer to it. */
function simulates(): boolean {
  const { runner } = document.documentElement.dataset
  return runner === 'simulated' || (runner !== undefined && readSetting(PREFERS_SIMULATED))
}

/** What runs the programs of a page, as the learner prefers. Rejects when it cannot be fetched. */
export async function preferredSource(): Promise<Source> {
  return simulates() ? (await import('../link/machine.ts')).machine : live
}

export interface SourceChoiceOptions {
  panel: HTMLElement
  controls: Controls
  signal: AbortSignal
  /** Ends what runs: another source takes its place. */
  stopAll(): Promise<unknown>
  /** Empties the panes and the figure. */
  restart(): void
  /** Another source is asked, and has not answered. */
  asked(): void
  /** What the source says of itself, and of what runs there. */
  told(status: SourceStatus): void
}

export class SourceChoice {
  readonly #options: SourceChoiceOptions
  /** What runs the programs, and what is shown: they differ while a recording is shown. */
  #base: Source = live
  #shown: Source = live
  /** How many times the source was chosen: the last one counts. */
  #choices = 0
  #watching = false
  #unwatch = () => {}

  constructor(options: SourceChoiceOptions) {
    this.#options = options
  }

  /** What runs the programs. */
  get base(): Source {
    return this.#base
  }

  /** What the panes show. */
  get shown(): Source {
    return this.#shown
  }

  /** Where what the panes show takes place. */
  get place(): Place {
    if (this.#shown !== this.#base) return 'recorded'
    return this.#base === live ? 'real' : 'simulated'
  }

  /** Chooses, and again each time that the learner or the page has something to say about it. */
  async begin(): Promise<void> {
    const { controls, signal } = this.#options
    controls.toggle('simulate', (on) => {
      writeSetting(PREFERS_SIMULATED, on)
      void this.#choose()
    })
    document.addEventListener('pd:runner', () => void this.#choose(), { signal })
    signal.addEventListener('abort', () => this.#unwatch())
    await this.#choose()
  }

  /** Shows what a recording gives in place of programs; null goes back to these. */
  async showRecording(source: Source | null): Promise<void> {
    const { panel, restart, stopAll } = this.#options
    if (this.#shown === this.#base) await stopAll()
    this.#shown = source ?? this.#base
    panel.toggleAttribute('data-recorded', source !== null)
    restart()
  }

  /** The runner where it is known, unless the learner prefers the machine of this page, which is all there is elsewhere. */
  async #choose(): Promise<void> {
    const { asked, controls, panel, told } = this.#options
    const simulated = simulates()
    controls.button('simulate')?.setAttribute('aria-pressed', String(simulated))
    panel.toggleAttribute('data-simulated', simulated)
    this.#choices += 1
    const choice = this.#choices
    const base = await preferredSource()
    if (choice !== this.#choices || (base === this.#base && this.#watching)) return
    this.#unwatch()
    asked()
    if (this.#watching) await this.#showBase(base)
    else this.#base = this.#shown = base
    this.#watching = true
    this.#unwatch = base.watch(told)
  }

  async #showBase(base: Source): Promise<void> {
    const recorded = this.#shown !== this.#base
    if (!recorded) await this.#options.stopAll()
    this.#base = base
    if (recorded) return
    this.#shown = base
    this.#options.restart()
  }
}
