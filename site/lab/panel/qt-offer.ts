/** C++ as a panel offers it: built where Qt is; in the machine of the page, the recording of a real run. */
import { SIMULATED } from '../../texts/simulated.ts'
import type { Controls } from './controls.ts'
import { recordedVariants } from './recordings.ts'
import type { RolePane } from './role-pane.ts'
import type { WireFiles } from './wire-files.ts'

export interface QtOfferOptions {
  panel: HTMLElement
  lab: string
  controls: Controls
  panes(): readonly RolePane[]
  files(): WireFiles
}

export class QtOffer {
  readonly #options: QtOfferOptions
  #built = false
  /** Its recording is shown. */
  #shown = false

  constructor(options: QtOfferOptions) {
    this.#options = options
  }

  /** Tells whether C++ can be built there, then offers it, or what stands for it. */
  knows(built: boolean): void {
    this.#built = built
    void this.#offer()
  }

  /** A variant was chosen in a pane: shows the recording when it stands for it, leaves it when another is chosen. */
  async chosen(variant: string): Promise<boolean> {
    const { controls, files } = this.#options
    if (variant === 'qt' && !this.#built) {
      this.#shown = await files().see('qt')
      if (this.#shown) controls.status(SIMULATED.seesQt)
      else await this.#offer()
      return true
    }
    if (this.#shown) await files().replay?.close()
    return false
  }

  /** The programs are back in place of a recording. */
  async closed(): Promise<void> {
    if (this.#shown) this.#options.controls.status('')
    this.#shown = false
    await this.#offer()
  }

  async #offer(): Promise<void> {
    const { lab, panel, panes } = this.#options
    const simulated = panel.hasAttribute('data-simulated')
    const recorded = !this.#built && simulated && (await recordedVariants(lab)).includes('qt')
    // The panes of a recording tell the variants that it has.
    if (panel.hasAttribute('data-recorded')) return
    for (const pane of panes()) pane.offerQt(this.#built, recorded)
  }
}
