/** « Lancer », « Relancer », « Tout lancer »: nothing starts with a wrong parameter; a taken port offers a way on. */
import type { TakenPort } from '../../../runner/protocol.ts'
import { LAB } from '../../texts.ts'
import type { Source } from '../link/source.ts'
import type { Controls } from './controls.ts'
import type { ParameterForm } from './form.ts'
import { offerWayOn } from './holder.ts'
import type { RolePane } from './role-pane.ts'
import type { Roles } from './roles.ts'
import { NotReadyError } from './run.ts'

/** Buttons of one slot take each other's place: the second click of a double click would undo the first. */
const ONCE = '[data-action="launch"], [data-action="stop"], [data-action="restart"], [data-action$="-all"]'

export interface LaunchButtonsOptions {
  controls: Controls
  /** The form where the parameters of a pane are typed. */
  formOf(pane: RolePane): ParameterForm
  roles: Roles<RolePane>
  source(): Source
  /** Plays the recording again where one is shown, in place of programs; false when none is. */
  replays(): boolean
  /** « Tout lancer » was pressed; `pane` is to have the keyboard. */
  launched(pane: RolePane): void
}

export class LaunchButtons {
  readonly #options: LaunchButtonsOptions
  /** The roles that « Tout lancer » has not started, for want of the one before. */
  #waiting: readonly RolePane[] = []

  constructor(options: LaunchButtonsOptions) {
    this.#options = options
    const { root } = options.controls
    root.addEventListener('click', ignoreSecond, { capture: true })
    root.addEventListener('click', (event) => this.#onClick(event))
    // A key held down presses once.
    root.addEventListener('keydown', (event) => {
      if (event.repeat && event.target instanceof HTMLButtonElement) event.preventDefault()
    })
  }

  /** A port that `pane` wanted is held: says by whom, and what can be done. */
  async offerWayOn(pane: RolePane, taken: TakenPort): Promise<void> {
    await offerWayOn(pane, taken, this.#options.source(), (given) => {
      if (given) this.#options.roles.follow(pane)
      void this.#goOn(pane, given)
    })
  }

  #onClick({ target }: MouseEvent): void {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-action]') : null
    if (!button) return
    const { action } = button.dataset
    if (action === 'launch-all' && !this.#options.replays()) void this.#launchAll()
    if (action !== 'launch' && action !== 'restart') return
    const pane = this.#options.roles.all.find(({ element }) => element.contains(button))
    if (pane) void this.launch(pane)
  }

  /** Starts one role, unless a parameter must be corrected first. */
  async launch(pane: RolePane): Promise<void> {
    if (this.#pointedOut([pane])) return
    try {
      await this.#options.roles.start(pane, true)
    } catch (error) {
      // The pane of a role that was not ready has already said why.
      if (!(error instanceof NotReadyError)) throw error
    }
  }

  async #launchAll(): Promise<void> {
    const { roles } = this.#options
    if (this.#pointedOut(roles.all)) return
    const started = roles.all.filter(({ role }) => !role.later)
    const first = started.find((pane) => roles.aimOf(pane) && !pane.role.relays) ?? started[0]
    if (first) this.#options.launched(first)
    this.#tell(await roles.startAll(first))
  }

  /** Starts `pane` again, and the roles that wait for it. */
  async #goOn(pane: RolePane, given: Readonly<Record<string, number>> = {}): Promise<void> {
    const waiting = this.#waiting.filter((other) => other !== pane)
    this.#tell(await this.#options.roles.startInOrder([pane, ...waiting], given))
  }

  /** The role that ended before being ready, if any: those after it wait. */
  #tell(ended: RolePane | null): void {
    const { controls, roles } = this.#options
    const order = roles.all
    this.#waiting = ended ? order.slice(order.indexOf(ended) + 1).filter(({ role }) => !role.later) : []
    for (const pane of order) pane.waitFor(ended && this.#waiting.includes(pane) ? ended.role.title : null)
    // A pane whose program never ran has said why.
    const said = !ended || ended.exitCode === null || ended.taken
    controls.status(said ? '' : LAB.endedBeforeReady(ended.role.title), !said)
  }

  /** True when a field must be corrected first: the keyboard is then in it. */
  #pointedOut(panes: readonly RolePane[]): boolean {
    const { controls, formOf } = this.#options
    const faulty = panes.map((pane) => formOf(pane).faulty).find((field) => field !== null)
    controls.status('')
    if (!faulty) return false
    const popover = faulty.closest<HTMLElement>('[popover]')
    if (!popover?.matches(':popover-open')) popover?.showPopover()
    controls.status(LAB.invalidParameters, true)
    faulty.focus()
    return true
  }
}

function ignoreSecond(event: MouseEvent): void {
  const { target, detail } = event
  if (detail > 1 && target instanceof Element && target.closest(ONCE)) event.stopPropagation()
}
