/** The relay of a lab: a terminal of its own, with its sliders, in the page only while it is inserted. */
import type { Lab, ParameterValue, Role } from '../../../labs/lab.ts'
import { relayRoleOf } from '../../../labs/wiring.ts'
import { enliven } from './enliven.ts'
import { ParameterForm } from './form.ts'
import type { PaneHost } from './pane-host.ts'
import { RolePane } from './role-pane.ts'
import type { InsertedRelay } from './roles.ts'

export interface RelayOptions {
  host: PaneHost
  /** The lab where it is inserted. */
  panelId: string
  /** The lab that it comes from. */
  labId: string
  lab: Lab
  template: HTMLTemplateElement
  kept: Readonly<Record<string, ParameterValue>>
  /** A slider moved. */
  edited(typed: Record<string, ParameterValue>): void
  /** A slider was let go. */
  settled(changed: Record<string, ParameterValue>): void
}

export class Relay implements InsertedRelay<RolePane> {
  readonly pane: RolePane
  readonly form: ParameterForm

  private constructor(options: RelayOptions, role: Role, element: HTMLElement) {
    const { host, panelId, labId, lab, kept, edited, settled } = options
    const form = element.querySelector<HTMLFormElement>('form[data-relay-parameters]')!
    this.form = new ParameterForm(form, lab.parameters, kept, {
      edited: () => edited(this.form.typed),
      settled,
    })
    this.pane = new RolePane(host, element, { panelId, labId, lab, role })
  }

  /** Puts it in the page, after the role it stands before; null when its lab has no relay. */
  static insert(options: RelayOptions): Relay | null {
    const role = relayRoleOf(options.lab)
    if (!role) return null
    const fragment = document.importNode(options.template.content, true)
    enliven(fragment)
    const element = fragment.querySelector<HTMLElement>('[data-role]')!
    options.template.after(fragment)
    return new Relay(options, role, element)
  }

  get typed(): Readonly<Record<string, ParameterValue>> {
    return this.form.typed
  }

  /** Stops it and takes it out of the page. */
  async remove(): Promise<void> {
    await this.pane.stop()
    this.pane.dispose()
    this.pane.element.remove()
  }
}
