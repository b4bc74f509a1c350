/** What a lab needs to live, fetched when it is needed: its script and the style that only a lab that lives has. */
import { loadStyle } from '../../load-style.ts'
import style from '../../styles/lab-live.css?url'

/** Has the style of a lab that lives; rejects when it cannot be fetched. */
export function loadLabStyle(): Promise<void> {
  return loadStyle(style)
}

/** Gives life to the labs of the page. False when a part cannot be fetched: the next call asks for it again. */
export function loadPanels(): Promise<boolean> {
  return Promise.all([import('./panel.ts'), loadLabStyle()]).then(
    ([{ enlivenPanels }]) => {
      enlivenPanels()
      return true
    },
    () => false,
  )
}
