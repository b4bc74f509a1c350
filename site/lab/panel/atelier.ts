/** The atelier's large type, for projection: remembered from one lab to the next. */
import { readSetting, writeSetting } from '../../learner/settings.ts'

const LARGE = 'grand'
const button = document.querySelector<HTMLButtonElement>('[data-large]')

function show(large: boolean): void {
  document.documentElement.toggleAttribute('data-grand', large)
  button?.setAttribute('aria-pressed', String(large))
}

show(readSetting(LARGE))
button?.addEventListener('click', () => {
  const large = button.getAttribute('aria-pressed') !== 'true'
  writeSetting(LARGE, large)
  show(large)
})
