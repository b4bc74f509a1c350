/** What a listing that is tried is made of: the editor and a pane of a panel of the page, with ids of their own. */
import type { Lab, Role, VariantId } from '../../../labs/lab.ts'
import { insertPane, renameIds } from './apart.ts'
import { commandOf } from './command-line.ts'
import { placePopovers } from './menu.ts'
import { isPartOf } from './variant-choice.ts'

/** What the editor of a panel may hold while it is open. */
const HELD =
  '[data-editor-file], [data-editor-host], [data-editor-findings], [data-editor-merge], [data-editor-run]'

/** How many were made in this page. */
let made = 0

/** The program that a file of a lab is tried with: the first that it is a part of; null when there is none. */
export function programOf(lab: Lab, file: string): { role: Role; variant: VariantId } | null {
  for (const role of lab.roles) {
    const variant = role.variants.find((id) => isPartOf(lab, file, role.program, id))
    if (variant) return { role: { ...role, variants: [variant] }, variant }
  }
  return null
}

export interface TrialParts {
  root: HTMLElement
  /** The pane of the program. */
  pane: HTMLElement
  /** The sentence about the program that is missing, if any, and its link. */
  peer: HTMLElement
}

/** Makes these parts, out of the page; null when no panel of it has them. */
export function trialParts(id: string, lab: Lab, role: Role): TrialParts | null {
  const panel = document.querySelector('lab-panel')
  const editor = panel?.querySelector('[data-editor]')?.cloneNode(true) as HTMLElement | undefined
  if (!panel || !editor) return null
  made += 1
  const name = `essai-${made}`
  renameIds(editor, '-editor', `-${name}-editor`)
  for (const held of editor.querySelectorAll(HELD)) held.replaceChildren()
  for (const one of editor.querySelectorAll('[data-editor-said], [data-editor-state]')) one.textContent = ''
  // The button of the listing closes it.
  editor.querySelector('[data-editor-action="close"]')?.remove()
  const root = Object.assign(document.createElement('section'), { className: 'lab pd-trial' })
  const place = Object.assign(document.createElement('div'), { className: 'trial-run' })
  const command = commandOf(lab, id, role, {})
  const pane = insertPane(panel, place, {
    name,
    title: role.title,
    command,
    variant: role.variants[0]!,
  })
  if (!pane) return null
  const peer = sentence('trial-peer')
  const status = sentence('trial-status')
  status.dataset.status = ''
  const heard = sentence('hidden-word')
  heard.dataset.liveRegion = ''
  root.append(editor, status, peer, place, heard)
  placePopovers(editor)
  return { root, pane, peer }
}

/** Read by a screen reader when it changes. */
function sentence(className: string): HTMLElement {
  return Object.assign(document.createElement('p'), { className, role: 'status' })
}
