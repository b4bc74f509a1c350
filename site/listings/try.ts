/** « Essayer ici »: the program of a listing is edited and run where it stands, or in its lab's atelier from a page without labs. */
import type { Trial, Tried } from '../lab/panel/trial.ts'
import { linkTo } from '../links.ts'
import { LISTINGS, SHELL } from '../texts/pages.ts'

const trials = new WeakMap<HTMLElement, Trial>()

document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLButtonElement>('.pd-try') : null
  const [, id = '', file = ''] = /^([^/]+)\/(.+)$/.exec(button?.dataset.file ?? '') ?? []
  if (!button || !file) return
  const open = button.getAttribute('aria-expanded') === 'true'
  void (open ? close(button) : tryIt(button, { id, file, line: Number(button.dataset.line) }))
})

async function tryIt(button: HTMLButtonElement, tried: Tried): Promise<void> {
  // The second click of a double click would close it.
  button.disabled = true
  try {
    const trial = trials.get(button) ?? (await prepare(button, tried))
    if (!trial) {
      location.href = linkTo(`/atelier/${tried.id}/`)
      return
    }
    show(button, trial, true)
    await trial.open()
  } catch {
    const said = Object.assign(document.createElement('p'), { role: 'alert', textContent: SHELL.partMissing })
    button.closest('figure')!.querySelector('figcaption')!.after(said)
  } finally {
    button.disabled = false
  }
}

async function prepare(button: HTMLButtonElement, tried: Tried): Promise<Trial | null> {
  const { Trial } = await import('../lab/panel/trial.ts')
  const trial = await Trial.of(tried)
  if (!trial) return null
  trials.set(button, trial)
  button.closest('figure')!.append(trial.root)
  return trial
}

/** The listing is given back, and the keyboard with it. */
async function close(button: HTMLButtonElement): Promise<void> {
  const trial = trials.get(button)!
  const ended = trial.close()
  show(button, trial, false)
  button.focus()
  await ended
}

function show(button: HTMLButtonElement, trial: Trial, on: boolean): void {
  trial.root.hidden = !on
  button.closest('figure')!.querySelector('pre')!.hidden = on
  button.setAttribute('aria-expanded', String(on))
  button.textContent = on ? LISTINGS.back : LISTINGS.tryHere
}
