/** The wiring, shown: who listens where, who goes where and may be pointed elsewhere, and a wire between their panes. */
import { linkOf } from '../../../labs/wiring.ts'
import { LAB } from '../../texts.ts'
import type { Controls } from './controls.ts'
import type { RolePane } from './role-pane.ts'
import { type Roles, TYPED } from './roles.ts'
import { type Box, wirePoints } from './wire-path.ts'

const SVG = 'http://www.w3.org/2000/svg'

export class Wiring {
  readonly #controls: Controls
  readonly #roles: Roles<RolePane>
  readonly #connected: (near: RolePane, far: RolePane) => boolean | null
  readonly #grid: HTMLElement
  readonly #wires = document.createElementNS(SVG, 'svg')
  #drawn = ''

  /** `connected`: whether a connection is open from a pane to another; null when nobody knows. */
  constructor(
    controls: Controls,
    roles: Roles<RolePane>,
    connected: (near: RolePane, far: RolePane) => boolean | null,
  ) {
    this.#controls = controls
    this.#roles = roles
    this.#connected = connected
    this.#grid = controls.find('.lab-terminals')
    this.#wires.setAttribute('aria-hidden', 'true')
    this.#wires.classList.add('wires')
    this.#grid.append(this.#wires)
    new ResizeObserver(() => this.#draw()).observe(this.#grid)
    this.refresh()
  }

  /** To be called when a state, a port or a typed value changed. */
  refresh(): void {
    for (const pane of this.#roles.all) {
      if (linkOf(pane.role) && pane.role.takes && !pane.role.relays) this.#showTarget(pane)
      if (pane.role.opens) this.#showPort(pane)
    }
    this.#draw()
  }

  #showPort(pane: RolePane): void {
    const port = this.#roles.portOf(pane)
    const words = pane.ready ? LAB.opens[this.#roles.transportOf(pane) ?? 'tcp'](port) : LAB.wants(port)
    const chip = this.#chip(pane, 'port', () => document.createElement('span'))
    chip.toggleAttribute('data-open', pane.ready)
    if (chip.textContent !== words) chip.textContent = words
  }

  /** A list that shows its choice: the roles that open a port, and the typed value. */
  #showTarget(pane: RolePane): void {
    const target = this.#roles.targetOf(pane)
    if (!target) return
    const select = this.#chip(pane, 'target', () => this.#newList(pane))
    const choices = new Map(
      this.#roles.all
        .filter((other) => other !== pane && other.role.opens)
        .map((other) => [
          other.role.id,
          LAB.target(other.role.title, other === target.pane ? target.port : this.#roles.portOf(other)),
        ]),
    )
    choices.set(TYPED, LAB.target(LAB.typedTarget, target.pane ? null : target.port))
    const shown = [...choices].join('\n')
    if (select.dataset.shown !== shown) {
      select.dataset.shown = shown
      select.replaceChildren(...[...choices].map(([value, words]) => new Option(words, value)))
    }
    select.value = target.pane?.role.id ?? TYPED
  }

  #newList(pane: RolePane): HTMLSelectElement {
    const select = document.createElement('select')
    select.setAttribute('aria-label', LAB.targetOf(pane.role.title))
    select.title = LAB.targetOf(pane.role.title)
    select.addEventListener('change', () => {
      this.#roles.point(pane, select.value)
      this.refresh()
      if (pane.active) this.#controls.status(LAB.targetLater(pane.role.title))
    })
    return select
  }

  #chip<E extends HTMLElement>(pane: RolePane, kind: string, make: () => E): E {
    const found = pane.element.querySelector<E>(`.wiring-chip[data-wiring="${kind}"]`)
    if (found) return found
    const chip = make()
    chip.classList.add('wiring-chip')
    chip.dataset.wiring = kind
    pane.element.querySelector('.role-words')?.after(chip)
    return chip
  }

  /** A wire for each target: solid while a connection is known to be open, dashed otherwise. */
  #draw(): void {
    const origin = this.#grid.getBoundingClientRect()
    const seam = Number.parseFloat(getComputedStyle(this.#grid).getPropertyValue('--seam')) || 0
    const boxOf = ({ element }: RolePane): Box => {
      const { left, top, right, bottom } = element.getBoundingClientRect()
      const [x, y] = [origin.left, origin.top]
      return { left: left - x, top: top - y, right: right - x, bottom: bottom - y }
    }
    const wires = this.#links().map(({ near, far }, lane) => ({
      points: wirePoints(boxOf(near), boxOf(far), seam, lane),
      live: this.#isConnected(near, far),
      transport: this.#roles.transportOf(far) ?? 'tcp',
      id: near.role.id,
    }))
    const drawn = JSON.stringify(wires)
    if (drawn === this.#drawn) return
    this.#drawn = drawn
    this.#wires.replaceChildren(
      ...wires.flatMap(({ points, live, transport, id }) => {
        const [first, beforeLast, last] = [points[0]!, points.at(-2)!, points.at(-1)!]
        const back = last[0] > beforeLast[0] ? -6 : 6
        const tip = [last, [last[0] + back, last[1] - 4], [last[0] + back, last[1] + 4]]
        const shapes = [
          shape('polyline', { points: points.join(' ') }),
          shape('circle', { cx: first[0], cy: first[1], r: 3 }),
          shape('polygon', { points: tip.join(' ') }),
        ]
        for (const one of shapes) {
          one.dataset.wire = id
          one.dataset.transport = transport
          one.toggleAttribute('data-live', live)
        }
        return shapes
      }),
    )
  }

  /** Where no event tells, only a program that says so is known to be connected: one that opens a port is ready because it listens. */
  #isConnected(near: RolePane, far: RolePane): boolean {
    const told = this.#connected(near, far)
    if (told !== null) return told
    const says = near.role.ready !== undefined && !near.role.opens
    return says && near.ready && far.ready && this.#roles.transportOf(far) === 'tcp'
  }

  /** Each pane with the one it goes to; the relay goes to the role that it stands before. */
  #links(): { near: RolePane; far: RolePane }[] {
    return this.#roles.all.flatMap((near) => {
      const far = this.#roles.aimOf(near)
      return far ? [{ near, far }] : []
    })
  }
}

function shape(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  return element as SVGElement
}
