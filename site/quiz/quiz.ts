/**
 * Gives life to the questions of a page: options shuffled, the answer kept, what was missed asked again. A question
 * is a list of `<details>`, so that it works without this script; opening one is answering.
 */
import { keepAnswer, missedIn } from '../learner/quiz.ts'
import { choose } from './schedule.ts'

function shuffle(list: HTMLElement): void {
  const items = [...list.children]
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(Math.random() * (last + 1))
    ;[items[last], items[other]] = [items[other]!, items[last]!]
  }
  list.replaceChildren(...items)
}

/** Prepares one question: what is opened is marked, and kept. */
function prepare(question: HTMLElement): void {
  const [section, id] = question.dataset.question!.split('/') as [string, string]
  shuffle(question.querySelector('ul')!)
  for (const details of question.querySelectorAll('details')) {
    details.addEventListener('toggle', () => {
      if (!details.open) return
      const item = details.closest('li')!
      const right = item.dataset.right !== undefined
      item.dataset.answered = right ? 'right' : 'wrong'
      keepAnswer(section, id, right)
    })
  }
}

/** Puts in the opening of a section the questions that this learner should meet again. */
function recall(opening: HTMLElement): void {
  const possible = [...opening.querySelectorAll<HTMLElement>('[data-question]')].map((element) => {
    const [section, id] = element.dataset.question!.split('/') as [string, string]
    return { element, section, id }
  })
  const missed = missedIn(new Set(possible.map(({ section }) => section)))
  const chosen = new Set(choose(possible, missed).map(({ element }) => element))
  for (const { element, section, id } of possible) {
    element.hidden = !chosen.has(element)
    element.toggleAttribute('data-again', missed.has(`${section}/${id}`))
  }
}

for (const opening of document.querySelectorAll<HTMLElement>('.pd-recall')) recall(opening)
for (const question of document.querySelectorAll<HTMLElement>('.pd-question')) prepare(question)
