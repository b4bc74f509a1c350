/** The relay of a lab: a terminal of its own, with its sliders, in the page only while it is inserted. */
import type { Lab, ParameterValue, Role } from '../../../labs/lab.ts'
import { enliven } from './enliven.ts'
import { ParameterForm } from './form.ts'
import { type PaneHost, RolePane } from './role-pane.ts'

/** Id of the lab, and of its only role. */
export const RELAY = 'relais'

export interface RelayOptions {
  host: PaneHost
  /** The lab where it is inserted, and its id. */
  panelId: string
  around: Lab
  /** The relay's own lab. */
  lab: Lab
  template: HTMLTemplateElement
  kept: Readonly<Record<string, ParameterValue>>
  changed(values: Record<string, ParameterValue>): void
}

export class Relay {
  readonly pane: RolePane
  readonly form: ParameterForm
  readonly #options: RelayOptions
  readonly #role: Role

  private constructor(options: RelayOptions, role: Role, element: HTMLElement) {
    this.#options = options
    this.#role = role
    this.form = new ParameterForm(
      element.querySelector('form[data-relay-parameters]')!,
      options.lab.parameters,
      options.kept,
      () => options.changed(this.form.values),
    )
    const { host, panelId, lab } = options
    this.pane = new RolePane(host, element, { panelId, labId: RELAY, lab, role })
  }

  /** Puts it in the page, after the role it stands before; null when the relay is not of this project. */
  static insert(options: RelayOptions): Relay | null {
    const role = options.lab.roles.find(({ id }) => id === RELAY)
    if (!role) return null
    const fragment = document.importNode(options.template.content, true)
    enliven(fragment)
    const element = fragment.querySelector<HTMLElement>('[data-role]')!
    options.template.after(fragment)
    return new Relay(options, role, element)
  }

  /** Stops it and takes it out of the page. */
  async remove(): Promise<void> {
    await this.pane.stop()
    this.pane.dispose()
    this.pane.element.remove()
  }

  /** Its parameters: what the sliders say, towards `port`. */
  parametersTowards(port: number): Record<string, ParameterValue> {
    const given: Record<string, ParameterValue> = { ...this.form.values, vers: port }
    const transport = this.#options.around.relay?.transport
    if (transport) given.transport = transport
    return Object.fromEntries(Object.entries(given).filter(([key]) => this.#role.parameters.includes(key)))
  }
}
