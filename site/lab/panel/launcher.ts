/** « Lancer » and « Tout lancer »: nothing starts with a wrong parameter, nor on a port that another lab holds. */
import { LAB } from '../../texts.ts'
import { endLeftovers } from '../link/leftover.ts'
import type { Controls } from './controls.ts'
import type { ParameterForm } from './form.ts'
import type { RolePane } from './role.ts'
import type { Roles } from './roles.ts'
import { NotReadyError } from './run.ts'

export class Launcher {
  readonly #controls: Controls
  readonly #formOf: (pane: RolePane) => ParameterForm
  readonly #roles: Roles<RolePane>

  /** `formOf` gives the form where the parameters of a pane are typed. */
  constructor(controls: Controls, formOf: (pane: RolePane) => ParameterForm, roles: Roles<RolePane>) {
    this.#controls = controls
    this.#formOf = formOf
    this.#roles = roles
  }

  async launch(pane: RolePane): Promise<void> {
    if (this.#pointedOut([pane])) return
    await this.freePorts()
    try {
      await this.#roles.start(pane, true)
    } catch (error) {
      // The pane of a role that was not ready has already said why.
      if (!(error instanceof NotReadyError)) throw error
    }
  }

  async launchAll(): Promise<void> {
    if (this.#pointedOut(this.#roles.all)) return
    await this.freePorts()
    const ended = await this.#roles.startAll()
    if (ended) this.#controls.status(LAB.endedBeforeReady(ended.role.title), true)
  }

  /** The programs that another page has left running would hold the ports. */
  async freePorts(): Promise<void> {
    const panels = document.querySelectorAll<HTMLElement>('lab-panel')
    const ended = await endLeftovers(new Set(Array.from(panels, ({ dataset }) => dataset.id ?? '')))
    this.#controls.status(ended.length > 0 ? LAB.leftoversEnded(ended) : '')
  }

  /** True when a field must be corrected first: the keyboard is then in it. */
  #pointedOut(panes: readonly RolePane[]): boolean {
    const faulty = panes.map((pane) => this.#formOf(pane).faulty).find((field) => field !== null)
    if (!faulty) return false
    const button = this.#controls.button('parameters')
    if (button?.getAttribute('aria-expanded') === 'false') button.click()
    this.#controls.status(LAB.invalidParameters, true)
    faulty.focus()
    return true
  }
}
