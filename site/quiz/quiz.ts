/**
 * Gives life to the questions of a page: options shuffled, the answer kept and shown again, what was missed asked
 * again. A question is a list of `<details>`, so that it works without this script; choosing one is answering.
 */
import { keepAnswer, keepOpened, keepRecalled, missedIn, openedIn, recalledIn } from '../learner/quiz.ts'
import { choose } from './schedule.ts'

function shuffle(list: HTMLElement): void {
  const items = [...list.children]
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(Math.random() * (last + 1))
    ;[items[last], items[other]] = [items[other]!, items[last]!]
  }
  list.replaceChildren(...items)
}

function nameOf(question: HTMLElement): { section: string; id: string } {
  const [section, id] = question.dataset.question!.split('/') as [string, string]
  return { section, id }
}

/** Shows the options already opened, keeps those that will be. A browser that searches the page opens, and answers nothing. */
function prepare(question: HTMLElement, opened: readonly number[], keep: (option: number) => void): void {
  const { section, id } = nameOf(question)
  shuffle(question.querySelector('ul')!)
  for (const item of question.querySelectorAll<HTMLElement>('li')) {
    const details = item.querySelector('details')!
    const right = item.dataset.right !== undefined
    const option = Number(item.dataset.option)
    details.open = opened.includes(option)
    details.querySelector('summary')!.addEventListener('click', () => {
      if (details.open) return
      keepAnswer(section, id, right)
      keep(option)
    })
  }
}

/** Puts in the opening of a section the questions answered there, else those that this learner should meet again. */
function recall(opening: HTMLElement): void {
  const here = opening.dataset.section!
  const possible = [...opening.querySelectorAll<HTMLElement>('[data-question]')].map((element) => ({
    element,
    ...nameOf(element),
  }))
  const missed = missedIn(new Set(possible.map(({ section }) => section)))
  const answered = recalledIn(here)
  const before = possible.filter(({ section, id }) => answered[`${section}/${id}`])
  const asked = choose(possible, missed)
  const chosen = new Set([...before, ...asked].slice(0, asked.length))
  for (const one of possible) {
    const { element, section, id } = one
    const name = `${section}/${id}`
    element.hidden = !chosen.has(one)
    element.toggleAttribute('data-again', missed.has(name))
    prepare(element, answered[name] ?? [], (option) => keepRecalled(here, name, option))
  }
}

for (const opening of document.querySelectorAll<HTMLElement>('.pd-recall')) recall(opening)
for (const question of document.querySelectorAll<HTMLElement>('.pd-quiz .pd-question')) {
  const { section, id } = nameOf(question)
  prepare(question, openedIn(section)[id] ?? [], (option) => keepOpened(section, id, option))
}
