/**
 * « ● N programmes en cours » in the header of every page that has the token, and the list that it opens: what runs,
 * whoever launched it, with what shows, takes up or ends each.
 */
import type { Lab } from '../../../labs/lab.ts'
import type { LiveProgram } from '../../../runner/protocol.ts'
import { writeSession } from '../../learner/sessions.ts'
import { linkTo } from '../../links.ts'
import { loadStyle } from '../../load-style.ts'
import style from '../../styles/running.css?url'
import { durationInWords, RUNNING } from '../../texts.ts'
import { compose } from '../../typography.ts'
import { hasPage, loadLab } from '../catalogue.ts'
import { live } from '../link/live.ts'
import { choiceOf } from '../panel/variant-choice.ts'
import { type Group, groupPrograms } from './groups.ts'

const button = element('button', 'pd-running')
const list = element('div', 'pd-running-list')
const labs = new Map<string, Lab>()
/** Asked for when something runs; without it the list is plain, and there. */
let styled: Promise<void> | undefined
let programs: readonly LiveProgram[] = []
/** When the list was told: ages and delays are counted from there. */
let toldAt = 0
let ticking: ReturnType<typeof setInterval> | undefined
/** The words that change as time passes; the rest stays where a pointer may be pressing it. */
let clocks: (() => void)[] = []

/** Shows the list, when something runs. */
export function openRunning(): void {
  if (!button.hidden) list.showPopover()
}

async function told(running: readonly LiveProgram[]): Promise<void> {
  programs = running
  toldAt = Date.now()
  if (running.length > 0) styled ??= loadStyle(style).catch(() => {})
  await Promise.all([styled, ...running.map(({ ref }) => know(ref.lab))])
  button.hidden = programs.length === 0
  button.querySelector('.count')!.textContent = String(programs.length)
  button.querySelector('.words')!.textContent = RUNNING.words(programs.length)
  button.setAttribute('aria-label', compose(`${programs.length} ${RUNNING.words(programs.length)}`))
  if (!list.matches(':popover-open')) return
  if (programs.length === 0) list.hidePopover()
  else draw()
}

/** A title that cannot be fetched is no reason to hide a program. */
async function know(id: string): Promise<void> {
  if (labs.has(id)) return
  const lab = await loadLab(id).catch(() => undefined)
  if (lab) labs.set(id, lab)
}

/** Draws the list anew; the keyboard stays where it is. */
function draw(): void {
  clocks = []
  const focused = (document.activeElement as HTMLElement | null)?.dataset.key
  const head = element('header')
  head.append(element('h2', '', RUNNING.title), element('span', '', RUNNING.onThisMachine(programs.length)))
  const foot = element('footer')
  const all = action(RUNNING.endAll, 'all', () => {
    for (const { session } of programs) live.end(session)
  })
  foot.append(element('span', '', RUNNING.leftAlone), all)
  list.replaceChildren(
    head,
    ...groupPrograms(programs, (session) => paneOf(session) !== null).map(drawGroup),
    foot,
  )
  if (focused) list.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus()
}

function drawGroup(group: Group): HTMLElement {
  const lab = labs.get(group.lab)
  const title = element('h3')
  title.append(element('b', '', lab?.title ?? group.lab))
  if (lab && hasPage(lab)) title.append(element('span', '', RUNNING.section(lab.section)))
  const { endsIn } = group
  if (endsIn === null) title.append(element('span', 'place', group.here ? RUNNING.here : RUNNING.elsewhere))
  else
    title.append(
      clock('place orphan', (passed) => RUNNING.orphan(durationInWords(Math.max(0, endsIn - passed)))),
    )
  const rows = element('ul')
  rows.append(...group.programs.map((program) => drawProgram(program, lab)))
  const section = element('section')
  section.append(title, rows)
  return section
}

function drawProgram(program: LiveProgram, lab: Lab | undefined): HTMLElement {
  const { session, ref, ports, age } = program
  const role = ref.check
    ? RUNNING.check(ref.role.replace(/^.*\//, ''))
    : (lab?.roles.find(({ id }) => id === ref.role)?.title ?? ref.role)
  const row = element('li')
  const where = element('span', 'ports')
  for (const { number, over } of ports) where.append(element('span', over, RUNNING.port[over](number)))
  row.append(
    element('span', program.ready ? 'dot ready' : 'dot'),
    element('span', 'role-name', role),
    where,
    clock('since', (passed) => RUNNING.since(durationInWords(age + passed))),
  )
  const pane = paneOf(session)
  if (pane && !pane.hasAttribute('data-looking'))
    row.append(link(RUNNING.show, `show ${session}`, () => show(pane)))
  // What a judge says belongs to the page that asked.
  else if (pane || (lab && hasPage(lab) && !ref.check))
    row.append(link(RUNNING.take, `take ${session}`, () => take(program, pane)))
  else row.append(element('span'))
  const end = action(RUNNING.end, `end ${session}`, () => live.end(session))
  end.setAttribute('aria-label', RUNNING.endOne(role))
  row.append(end)
  return row
}

/** Words that say a time, `passed` being the ms since the list was told. */
function clock(className: string, words: (passed: number) => string): HTMLElement {
  const made = element('span', className)
  const show = () => {
    made.textContent = compose(words(Date.now() - toldAt))
  }
  clocks.push(show)
  show()
  return made
}

function show(pane: HTMLElement): void {
  list.hidePopover()
  pane.scrollIntoView({ block: 'center' })
  pane.querySelector<HTMLElement>('.xterm textarea')?.focus({ preventScroll: true })
}

/** Shows the program in this page and gives it the keyboard; goes to the page of its lab if this one has not got it. */
function take(program: LiveProgram, pane: HTMLElement | null): void {
  const { session, ref } = program
  const panel = document.querySelector<HTMLElement>(`lab-panel[data-id="${CSS.escape(ref.lab)}"]`)
  const host = pane ?? (panel?.hasAttribute('data-upgraded') ? panel : null)
  if (host) {
    host.dispatchEvent(new CustomEvent('pd:take', { detail: program }))
    show(pane ?? host.querySelector<HTMLElement>(`[data-role="${CSS.escape(ref.role)}"]`) ?? host)
    return
  }
  writeSession(ref.lab, ref.role, { session, from: 0, variant: choiceOf(ref), command: '', drive: true })
  if (panel) show(panel)
  else location.href = linkTo(`/atelier/${ref.lab}/`)
}

/** The terminal of this page that shows a session. */
function paneOf(session: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-session="${CSS.escape(session)}"]`)
}

function action(label: string, key: string, run: () => void): HTMLButtonElement {
  const made = element('button', 'end', label)
  made.type = 'button'
  made.dataset.key = key
  made.addEventListener('click', () => {
    made.disabled = true
    run()
  })
  return made
}

function link(label: string, key: string, run: () => void): HTMLButtonElement {
  const made = element('button', 'link', label)
  made.type = 'button'
  made.dataset.key = key
  made.addEventListener('click', run)
  return made
}

function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = '',
  text = '',
): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(tag), { className, textContent: compose(text) })
}

function putInHeader(): void {
  button.type = 'button'
  button.hidden = true
  // With a space, so that what is seen is what is heard.
  button.append(element('span', 'dot ready'), element('span', 'count'), ' ', element('span', 'words'))
  list.id = 'pd-running-list'
  list.popover = 'auto'
  list.setAttribute('role', 'dialog')
  list.setAttribute('aria-label', RUNNING.title)
  button.popoverTargetElement = list
  list.addEventListener('beforetoggle', ({ newState }) => {
    clearInterval(ticking)
    if (newState !== 'open') return
    draw()
    ticking = setInterval(() => {
      for (const show of clocks) show()
    }, 1_000)
  })
  document.getElementById('pd-live')?.append(button, list)
}

putInHeader()
live.watch(({ programs }) => void told(programs ?? []))
