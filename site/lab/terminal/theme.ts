/** The colours of a terminal, for xterm. */
import type { ITheme } from '@xterm/xterm'

/** The colours of the identity in their dark form: terminals stay dark in the light theme. */
export function themeOf(host: HTMLElement): ITheme {
  const style = getComputedStyle(host)
  const ground = style.getPropertyValue('--pd-term-bg').trim() || '#12161f'
  const text = style.getPropertyValue('--pd-term-ink').trim() || '#dfe4ee'
  return {
    background: ground,
    foreground: text,
    cursor: text,
    cursorAccent: ground,
    selectionBackground: '#3a4a6b',
    scrollbarSliderBackground: '#dfe4ee26',
    scrollbarSliderHoverBackground: '#dfe4ee40',
    scrollbarSliderActiveBackground: '#dfe4ee59',
    black: '#2a3040',
    red: '#ff8080',
    green: '#5fd49c',
    yellow: '#ff9d61',
    blue: '#74a9ff',
    magenta: '#b99cff',
    cyan: '#6fd3e0',
    white: '#dfe4ee',
    brightBlack: '#8b93a5',
    brightRed: '#ffa3a3',
    brightGreen: '#86e3b6',
    brightYellow: '#ffbd92',
    brightBlue: '#9cc2ff',
    brightMagenta: '#d0bcff',
    brightCyan: '#97e2ec',
    brightWhite: '#ffffff',
  }
}
