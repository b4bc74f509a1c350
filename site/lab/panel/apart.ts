/** A pane beside the roles of a lab: the one of an exercise, run or judged. */

import { enliven } from './enliven.ts'
import { placePopovers } from './menu.ts'
import type { PaneHost } from './pane-host.ts'

const ATTRIBUTES = ['id', 'popovertarget', 'aria-labelledby', 'aria-controls']
/** How the template names itself. */
const TEMPLATE = '-exercice'

/** The element of such a pane, put in `place`, its ids made with `name`; null where the panel has no template for it. */
export function insertPane(
  root: ParentNode,
  place: Element,
  { name, title, command }: { name: string; title: string; command: string },
): HTMLElement | null {
  const template = root.querySelector<HTMLTemplateElement>('template[data-exercise]')
  if (!template) return null
  const fragment = document.importNode(template.content, true)
  enliven(fragment)
  for (const attribute of ATTRIBUTES) {
    for (const one of fragment.querySelectorAll(`[${attribute}]`)) {
      one.setAttribute(attribute, one.getAttribute(attribute)!.replace(TEMPLATE, `-${name}`))
    }
  }
  const element = fragment.querySelector<HTMLElement>('[data-role]')!
  element.querySelector('.role-title')!.textContent = title
  element.querySelector('[data-command]')!.textContent = command
  place.replaceChildren(fragment)
  placePopovers(element)
  return element
}

/** The role of the pane where an exercise is judged, given by the base name of its files. */
export const checkRole = (name: string) => `verification-${name}`

/** A pane that is no role of the lab has no part in what the panel draws. */
export function apart(host: PaneHost): PaneHost {
  return {
    get source() {
      return host.source
    },
    get answering() {
      return host.answering
    },
    changed: () => {},
    printed: () => {},
    announce: (text) => host.announce(text),
    screenReader: () => host.screenReader(),
    portTaken: (pane, taken) => host.portTaken(pane, taken),
    traced: () => {},
    ended: () => {},
    chosen: () => {},
    tooMany: () => host.tooMany(),
  }
}
