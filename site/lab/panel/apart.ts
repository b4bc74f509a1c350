/** A pane beside the roles of a lab: the one of an exercise, run or judged, or of a listing that is tried. */

import type { VariantId } from '../../../labs/lab.ts'
import { VARIANTS } from '../../texts.ts'
import { enliven } from './enliven.ts'
import { placePopovers } from './menu.ts'
import type { PaneHost } from './pane-host.ts'

const IDS = ['id', 'popovertarget', 'aria-labelledby', 'aria-controls']
/** How the template names itself, in its ids and in what is read. */
const TEMPLATE = '-exercice'
const WORDS = ['title', 'aria-label', 'placeholder']
const NAMED = 'Exercice'

/**
 * The element of such a pane, put in `place`, its ids made with `name`, for one variant: the file that one sees is what
 * runs. Null where the panel has no template for it.
 */
export function insertPane(
  root: ParentNode,
  place: Element,
  { name, title, command, variant }: { name: string; title: string; command: string; variant: VariantId },
): HTMLElement | null {
  const template = root.querySelector<HTMLTemplateElement>('template[data-exercise]')
  if (!template) return null
  const fragment = document.importNode(template.content, true)
  enliven(fragment)
  rename(fragment, IDS, TEMPLATE, `-${name}`)
  rename(fragment, WORDS, NAMED, title)
  const element = fragment.querySelector<HTMLElement>('[data-role]')!
  element.querySelector('.role-title')!.textContent = title
  element.querySelector('[data-command]')!.textContent = command
  element.querySelector('select[data-variant]')!.replaceChildren(new Option(VARIANTS[variant], variant))
  element.querySelector('.role-chip.only')!.textContent = VARIANTS[variant]
  place.replaceChildren(fragment)
  placePopovers(element)
  return element
}

/** Makes of its ids, and of what names them, others: a page has each once. */
export function renameIds(root: ParentNode, from: string, to: string): void {
  rename(root, IDS, from, to)
}

function rename(root: ParentNode, attributes: readonly string[], from: string, to: string): void {
  for (const attribute of attributes) {
    for (const one of root.querySelectorAll(`[${attribute}*="${from}"]`)) {
      one.setAttribute(attribute, one.getAttribute(attribute)!.replace(from, to))
    }
  }
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
