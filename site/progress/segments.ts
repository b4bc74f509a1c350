/** What home and progress share: the bar of the sections, how many are done, and where to resume. */
import { resumeAt, type SectionFacts, type SectionProgress } from '../learner/progress.ts'
import { lastSection } from '../learner/reading.ts'
import { PROGRESS } from '../texts/progress.ts'
import { say } from './marks.ts'

export type Known = SectionFacts & SectionProgress

/** Draws the bars of `root`; the section to resume has its own colour. Returns that section, if any is left. */
export function showCourse(root: ParentNode, sections: readonly Known[]): Known | undefined {
  const here = resumeAt(sections, lastSection())
  const resumed = sections.find(({ section }) => section === here)
  for (const { section, state } of sections) {
    for (const segment of root.querySelectorAll<HTMLElement>(`[data-segment="${section}"]`)) {
      segment.dataset.done = section === here && begun(sections) ? 'here' : state
    }
  }
  const action = root.querySelector<HTMLAnchorElement>('[data-resume]')
  if (action && resumed) {
    const label = action.dataset.resume === 'long' ? `${resumed.section} ${resumed.label}` : resumed.section
    action.href = resumed.href
    say(
      action.querySelector('span'),
      begun(sections) ? PROGRESS.resume(label) : PROGRESS.begin(resumed.section),
    )
  }
  action?.toggleAttribute('hidden', !resumed)
  return resumed
}

/** Whether this learner was ever here. */
export function begun(sections: readonly Known[]): boolean {
  return lastSection() !== null || sections.some(({ state }) => state !== 'todo')
}

/** The sections that are done. */
export function doneIn(sections: readonly Known[]): Known[] {
  return sections.filter(({ state }) => state === 'done')
}
