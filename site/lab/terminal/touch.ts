/** A finger scrolls a terminal, which xterm 6 does not do; past its ends, the page scrolls as elsewhere. */
import type { Terminal } from '@xterm/xterm'

export function scrollByTouch(host: HTMLElement, xterm: Terminal): void {
  let last: number | null = null
  /** What is left of a line, in px. */
  let rest = 0
  host.addEventListener(
    'touchstart',
    ({ touches }) => {
      last = touches.length === 1 ? touches[0]!.clientY : null
      rest = 0
    },
    { passive: true },
  )
  host.addEventListener(
    'touchmove',
    (event) => {
      const y = event.touches[0]?.clientY
      if (last === null || y === undefined) return
      const { viewportY, baseY } = xterm.buffer.active
      const down = last - y
      if (down < 0 ? viewportY === 0 : viewportY === baseY) return
      event.preventDefault()
      rest += down
      last = y
      const lines = Math.trunc(rest / (host.clientHeight / xterm.rows))
      rest -= lines * (host.clientHeight / xterm.rows)
      if (lines !== 0) xterm.scrollLines(lines)
    },
    { passive: false },
  )
}
