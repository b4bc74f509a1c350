/** « Qui écoute ? », as a table that is filled each time it is opened. */
import { PORTS } from '../../texts/wire.ts'
import { compose } from '../../typography.ts'
import type { Figure } from './figure.ts'
import { openSockets } from './ports.ts'

/** `figure` and `titleOf` are asked each time. */
export function wirePorts(
  popover: HTMLElement,
  figure: () => Figure,
  titleOf: (role: string) => string,
): void {
  popover.addEventListener('beforetoggle', (event) => {
    if ((event as ToggleEvent).newState === 'open') fill(popover.querySelector('tbody')!, figure(), titleOf)
  })
}

function fill(body: HTMLElement, figure: Figure, titleOf: (role: string) => string): void {
  const rows = openSockets(figure).map(({ role, protocol, address, port, state, remote, groups }) => {
    const told = PORTS.states[state](remote)
    return [
      titleOf(role),
      protocol,
      address || '—',
      port ? String(port) : '—',
      told,
      groups.join(', ') || '—',
    ]
  })
  body.replaceChildren(...(rows.length > 0 ? rows : [[PORTS.none]]).map(rowOf))
}

function rowOf(cells: readonly string[]): HTMLTableRowElement {
  const row = document.createElement('tr')
  for (const words of cells) {
    const cell = row.insertCell()
    cell.textContent = compose(words)
    if (cells.length === 1) cell.colSpan = PORTS.heads.length
  }
  return row
}
