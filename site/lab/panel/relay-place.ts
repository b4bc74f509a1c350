/** The place of the relay in the panel of a lab: its button puts it there and takes it out, the middle is its own meanwhile. */
import type { Lab, ParameterValue } from '../../../labs/lab.ts'
import { relayRoleOf } from '../../../labs/wiring.ts'
import type { LabRecord } from '../../learner/labs.ts'
import { writeSession } from '../../learner/sessions.ts'
import { LAB } from '../../texts.ts'
import type { Controls } from './controls.ts'
import type { ParameterForm } from './form.ts'
import { hubOf } from './hub.ts'
import { placePopovers } from './menu.ts'
import type { PaneHost } from './pane-host.ts'
import { Relay } from './relay.ts'
import type { RolePane } from './role-pane.ts'
import type { Roles } from './roles.ts'

export interface RelayPlaceOptions {
  controls: Controls
  host: PaneHost
  /** The lab of the panel, and the one that its relay comes from. */
  id: string
  lab: Lab
  relays: Lab
  roles: Roles<RolePane>
  record: LabRecord
  save(): void
  /** A slider was let go. */
  settled(changed: Readonly<Record<string, ParameterValue>>, panes: readonly RolePane[]): void
  /** It came, or went. */
  moved(): void
}

export class RelayPlace {
  readonly #options: RelayPlaceOptions
  #relay: Relay | null = null

  constructor(options: RelayPlaceOptions) {
    this.#options = options
    options.controls.toggle('relay', (on) => this.#set(on))
  }

  /** The parameters of a pane, when it is the relay's. */
  formOf(pane: RolePane): ParameterForm | undefined {
    return this.#relay?.pane === pane ? this.#relay.form : undefined
  }

  /** Puts it in its place when `isNeeded` says so of its role. */
  insertIf(isNeeded: (role: string) => boolean): void {
    const { relays, controls } = this.#options
    const role = relayRoleOf(relays)
    if (role && !this.#relay && isNeeded(role.id)) controls.button('relay')?.click()
  }

  #set(on: boolean): void {
    const { controls, id, roles, moved } = this.#options
    const running = roles.panes.some(({ active }) => active)
    if (!on && this.#relay) {
      writeSession(id, this.#relay.pane.role.id, null)
      void this.#relay.remove()
    }
    roles.relay = this.#relay = on ? this.#insert() : null
    if (this.#relay) placePopovers(this.#relay.pane.element)
    this.#centre()
    controls.find('.lab-terminals').dataset.count = String(roles.all.length)
    controls.status(running ? (on ? LAB.relayLater : LAB.noRelayLater) : '')
    moved()
  }

  #insert(): Relay | null {
    const { controls, host, id, lab, relays, record, save, settled } = this.#options
    return Relay.insert({
      host,
      panelId: id,
      labId: lab.relay!.lab,
      lab: relays,
      template: controls.root.querySelector<HTMLTemplateElement>('template[data-relay]')!,
      kept: record.relayParameters,
      edited: (typed) => {
        record.relayParameters = typed
        save()
      },
      settled: (changed) => settled(changed, this.#relay ? [this.#relay.pane] : []),
    })
  }

  #centre(): void {
    const { lab, roles } = this.#options
    const hub = hubOf(lab)
    for (const { element, role } of roles.panes) {
      element.toggleAttribute('data-hub', !this.#relay && role === hub)
    }
    this.#relay?.pane.element.toggleAttribute('data-hub', true)
  }
}
