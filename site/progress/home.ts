/** The home page of someone who has begun: where to resume, what is done, what is left. */
import { PROGRESS } from '../texts/progress.ts'
import { keepShown, progressOfCourse } from './course.ts'
import { mark, say } from './marks.ts'
import { begun, doneIn, showCourse } from './segments.ts'

keepShown(() => {
  const sections = progressOfCourse()
  const done = doneIn(sections)
  const resumed = showCourse(document, sections)
  const left = sections.filter(({ state }) => state !== 'done').reduce((sum, { minutes }) => sum + minutes, 0)
  const here = begun(sections) ? resumed?.section : undefined

  const progress = document.querySelector('[data-progress]')
  progress?.toggleAttribute('hidden', !begun(sections))
  say(progress?.querySelector('[data-count]'), PROGRESS.sections(done.length))
  say(progress?.querySelector('[data-left]'), left > 0 ? PROGRESS.left(left) : PROGRESS.over)
  document.querySelector('[data-again]')?.toggleAttribute('hidden', here === undefined)

  for (const part of document.querySelectorAll<HTMLElement>('.pd-path')) {
    const own = sections.filter((section) => section.part === part.dataset.part)
    say(part.querySelector('[data-part-count]'), PROGRESS.part(doneIn(own).length, own.length))
    for (const { section, state, minutes } of own) {
      const link = part.querySelector<HTMLElement>(`[data-section="${section}"]`)!
      link.toggleAttribute('data-here', section === here)
      mark(link.querySelector('.pd-mark')!, { done: 2, part: 1, todo: 0 }[state], 2)
      say(link.querySelector('.sr-only'), PROGRESS.marks[state])
      say(link.querySelector('[data-time]'), section === here ? PROGRESS.here : `${minutes} min`)
    }
  }
})
