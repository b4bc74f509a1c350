/** The popovers of a panel stand under the button that opens them, inside the window, but those that take its middle. */

/** Space kept between a popover and what is around it, in px. */
const GAP = 4

export function placePopovers(root: ParentNode): void {
  for (const popover of root.querySelectorAll<HTMLElement>('[popover]')) {
    const button = document.querySelector<HTMLElement>(`[popovertarget="${CSS.escape(popover.id)}"]`)
    if (!button) continue
    button.setAttribute('aria-expanded', 'false')
    popover.addEventListener('toggle', (event) => {
      const open = (event as ToggleEvent).newState === 'open'
      button.setAttribute('aria-expanded', String(open))
      if (open && !('centred' in popover.dataset)) place(popover, button.getBoundingClientRect())
    })
  }
}

function place(popover: HTMLElement, { top, bottom, right }: DOMRect): void {
  const { offsetWidth, offsetHeight } = popover
  const { clientWidth, clientHeight } = document.documentElement
  const under = bottom + GAP + offsetHeight <= clientHeight
  popover.style.top = `${Math.max(GAP, under ? bottom + GAP : top - GAP - offsetHeight)}px`
  popover.style.left = `${Math.max(GAP, Math.min(right, clientWidth - GAP) - offsetWidth)}px`
}
