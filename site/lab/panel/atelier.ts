/** The atelier around the panel: the programs that run in its bar, the width of the consigne, the lab's exercises. */
import { readRecord } from '../../learner/labs.ts'
import { readSize, writeSize } from '../../learner/settings.ts'
import { KEPT } from '../../learner/store.ts'
import { PROGRESS } from '../../texts.ts'
import { Splitter } from './splitter.ts'

const panel = document.querySelector<HTMLElement>('lab-panel')!

/** Where the header of the other pages is not shown, what it says of the programs is in the bar. */
function putRunningInBar(): void {
  const running = document.getElementById('pd-live')
  const bar = panel.querySelector('.lab-actions')
  const before = document.createComment('pd-live')
  if (!running || !bar) return
  running.before(before)
  const roomy = matchMedia('(min-width: 64rem)')
  // Before the buttons, which end the bar: it comes and goes, and moves none.
  const put = () => (roomy.matches ? bar.prepend(running) : before.after(running))
  roomy.addEventListener('change', put)
  put()
}

function wireSplitter(): void {
  const handle = panel.querySelector<HTMLElement>('[data-splitter]')!
  new Splitter(handle, {
    min: 260,
    max: () => Math.max(260, innerWidth - 520),
    kept: readSize('atelier-consigne'),
    show: (width) => {
      if (width === null) panel.style.removeProperty('--side')
      else panel.style.setProperty('--side', `${width}px`)
    },
    keep: (width) => writeSize('atelier-consigne', width),
  })
}

/** The list at the foot of the consigne leads to each exercise, and says which are done. */
function wireExercises(list: HTMLElement): void {
  const buttons = [...list.querySelectorAll<HTMLElement>('[data-exercise]')]
  const refresh = () => {
    const { created } = readRecord(panel.dataset.id ?? '')
    const done = buttons.filter(({ dataset }) => created.includes(dataset.exercise!))
    for (const button of buttons) {
      const mark = button.querySelector<HTMLElement>('.pd-mark')!
      const state = done.includes(button) ? 'done' : 'todo'
      mark.dataset.done = state
      mark.title = PROGRESS.marks[state]
    }
    list.querySelector('[data-exercises-done]')!.textContent = PROGRESS.part(done.length, buttons.length)
  }
  for (const button of buttons) button.addEventListener('click', () => showExercise(button.dataset.exercise!))
  // What there is to do ends above it.
  new ResizeObserver(() => panel.style.setProperty('--foot', `${list.offsetHeight}px`)).observe(list)
  document.addEventListener(KEPT, refresh)
  refresh()
}

function showExercise(id: string): void {
  panel.querySelector<HTMLElement>('[data-beat="create"]')?.click()
  const box = panel.querySelector<HTMLElement>(`[data-list="create"][value="${CSS.escape(id)}"]`)
  const exercise = box?.closest('details')
  if (!exercise) return
  exercise.open = true
  exercise.scrollIntoView({ block: 'nearest' })
  exercise.querySelector('summary')?.focus({ preventScroll: true })
}

putRunningInBar()
wireSplitter()
const exercises = panel.querySelector<HTMLElement>('[data-exercises]')
if (exercises) wireExercises(exercises)
