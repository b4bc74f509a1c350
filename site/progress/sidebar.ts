/** The sidebar: a tick at each section done, and how many of each part. */
import { PROGRESS } from '../texts/progress.ts'
import { keepShown, progressOfCourse } from './course.ts'
import { say } from './marks.ts'

keepShown(() => {
  const done = new Set(
    progressOfCourse().flatMap(({ section, state }) => (state === 'done' ? [section] : [])),
  )
  for (const part of document.querySelectorAll('.pd-side-part')) {
    const links = [...part.querySelectorAll<HTMLElement>('a[data-section]')]
    for (const link of links) {
      const tick = link.querySelector('.pd-side-done')!
      const isDone = done.has(link.dataset.section!)
      link.toggleAttribute('data-done', isDone)
      say(tick, isDone ? PROGRESS.marks.done : '')
    }
    say(
      part.querySelector('[data-count]'),
      `${links.filter((link) => link.hasAttribute('data-done')).length}/${links.length}`,
    )
  }
})

document.querySelector('.pd-side-part a[aria-current]')?.scrollIntoView({ block: 'nearest' })
