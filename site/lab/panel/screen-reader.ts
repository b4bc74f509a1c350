/** Terminals that a screen reader can follow: one choice of the learner for all, which each pane's button says. */
import { readSetting, SCREEN_READER, writeSetting } from '../../learner/settings.ts'
import type { RolePane } from './role-pane.ts'

export function readerOn(): boolean {
  return readSetting(SCREEN_READER)
}

/** Has these panes follow the other choice, and the buttons of `root` say it. */
export function toggleReader(root: HTMLElement, panes: readonly RolePane[]): void {
  writeSetting(SCREEN_READER, !readerOn())
  for (const pane of panes) pane.screenReader = readerOn()
  showReader(root)
}

export function showReader(root: HTMLElement): void {
  for (const button of root.querySelectorAll('[data-action="screen-reader"]')) {
    button.setAttribute('aria-pressed', String(readerOn()))
  }
}
