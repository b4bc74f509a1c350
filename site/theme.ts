/** The pickers of the theme and the button of the contrast, in the header: what they choose is shown and kept. */
import { lasting } from './learner/store.ts'

/** Where Starlight's ThemeProvider finds the choice. */
const KEY = 'starlight-theme'
const root = document.documentElement
const pickers = document.querySelectorAll<HTMLSelectElement>('starlight-theme-select select')
const buttons = document.querySelectorAll('.pd-contrast')
const light = matchMedia('(prefers-color-scheme: light)')

function showTheme(theme: string) {
  StarlightThemeProvider.updatePickers(theme as 'auto' | 'dark' | 'light')
  root.dataset.theme = theme === 'auto' ? (light.matches ? 'light' : 'dark') : theme
}

function keepTheme(theme: string) {
  try {
    localStorage.setItem(KEY, theme === 'auto' ? '' : theme)
  } catch {
    // Refused, or full: the next page will be as the system is.
  }
}

function showContrast(more: boolean) {
  if (more) root.dataset.contrast = 'more'
  else delete root.dataset.contrast
  for (const button of buttons) button.setAttribute('aria-pressed', String(more))
}

for (const picker of pickers) {
  picker.addEventListener('change', () => {
    showTheme(picker.value)
    keepTheme(picker.value)
  })
}
light.addEventListener('change', () => {
  if (pickers[0]?.value === 'auto') showTheme('auto')
})
showContrast(root.dataset.contrast === 'more')
for (const button of buttons) {
  button.addEventListener('click', () => {
    showContrast(root.dataset.contrast !== 'more')
    lasting.write('contraste', root.dataset.contrast === 'more' ? 'oui' : 'non')
  })
}
