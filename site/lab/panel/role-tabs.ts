/** On a phone, one terminal at a time: a tab for each role, with its state. */
import type { RolePane } from './role-pane.ts'

export class RoleTabs {
  readonly #list: HTMLElement
  readonly #panes: () => readonly RolePane[]
  #shown = ''

  constructor(list: HTMLElement, panes: () => readonly RolePane[]) {
    this.#list = list
    this.#panes = panes
    list.addEventListener('click', ({ target }) => {
      const role = target instanceof Element && target.closest<HTMLElement>('[data-tab]')?.dataset.tab
      if (role) this.show(role)
    })
    list.addEventListener('keydown', (event) => this.#onKey(event))
    this.refresh()
  }

  /** To be called when a role comes, goes or changes state. */
  refresh(): void {
    const panes = this.#panes()
    if (!panes.some(({ role }) => role.id === this.#shown)) this.#shown = panes[0]?.role.id ?? ''
    const wanted = panes.map(({ role }) => role.id).join()
    if (this.#list.dataset.roles !== wanted) {
      this.#list.dataset.roles = wanted
      this.#list.replaceChildren(...panes.map((pane) => newTab(pane)))
    }
    for (const [index, { role, element, state }] of panes.entries()) {
      const tab = this.#list.children[index] as HTMLElement
      const selected = role.id === this.#shown
      tab.dataset.state = state
      const words = element.querySelector('[data-words]')!.textContent
      const shown = tab.querySelector('.tab-words')!
      if (shown.textContent !== words) shown.textContent = words
      tab.toggleAttribute('data-failed', element.hasAttribute('data-failed'))
      tab.setAttribute('aria-selected', String(selected))
      tab.tabIndex = selected ? 0 : -1
      element.toggleAttribute('data-shown', selected)
    }
  }

  show(role: string): void {
    this.#shown = role
    this.refresh()
  }

  #onKey(event: KeyboardEvent): void {
    const panes = this.#panes()
    const at = panes.findIndex(({ role }) => role.id === this.#shown)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: panes.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const index = (to + panes.length) % panes.length
    this.show(panes[index]!.role.id)
    ;(this.#list.children[index] as HTMLElement).focus()
  }
}

function newTab({ role, element }: RolePane): HTMLElement {
  const tab = Object.assign(document.createElement('button'), { type: 'button' })
  tab.setAttribute('role', 'tab')
  tab.setAttribute('aria-controls', element.id)
  tab.dataset.tab = role.id
  const dot = Object.assign(document.createElement('span'), { className: 'role-dot' })
  const name = Object.assign(document.createElement('span'), { textContent: role.title })
  tab.append(dot, name, Object.assign(document.createElement('span'), { className: 'tab-words' }))
  return tab
}
