/** What a pane says of its program and of the link with it: the sentence, its subject, how long it stays. */
import type { EndReason, RefusalCode } from '../../../runner/protocol.ts'
import { END_NOTICES, LAB, LINK, REFUSALS, SHELL, WARNINGS } from '../../texts.ts'
import { LinkError, RefusedError } from '../link/source.ts'
import { GLANCE, LONG_GLANCE, type Notice } from './notice.ts'

export class PaneNotices {
  readonly #notice: Notice

  constructor(notice: Notice) {
    this.#notice = notice
  }

  linkLost(): void {
    this.#notice.show('link', { text: LINK.lost })
  }

  /** The link is back; `active`: the program has not ended meanwhile; `gaps`: some output is missing. */
  resumed(active: boolean, gaps: boolean): void {
    if (active) this.#notice.show('link', { text: gaps ? LINK.resumedWithGap : LINK.resumed, lasts: GLANCE })
    else this.#notice.clear('link')
  }

  unheard(value: boolean): void {
    if (value) this.#notice.show('input', { text: LINK.unheard })
    else this.#notice.clear('input')
  }

  refused(reason: RefusalCode, detail?: string): void {
    this.#notice.show('input', { text: REFUSALS[reason](detail), error: true })
  }

  overRestart(): void {
    this.#notice.show('input', { text: LAB.overRestart, lasts: GLANCE })
  }

  lineTooLong(bytes: number, most: number): void {
    this.#notice.show('input', { text: LAB.lineTooLong(bytes, most), error: true, lasts: LONG_GLANCE })
  }

  inputFull(): void {
    this.#notice.show('input', { text: REFUSALS['input-full']() })
  }

  endsSoon(): void {
    this.#notice.show('end', { text: WARNINGS['ends-soon'] })
  }

  ended(reason: EndReason | undefined): void {
    this.#notice.clear('link', 'input')
    const text = reason && END_NOTICES[reason]
    if (text) this.#notice.show('end', { text })
  }

  vanished(): void {
    this.#notice.show('end', { text: LINK.vanished, error: true })
  }

  /** It was refused, its link given up, or a part of the page could not be fetched; `answering`: the source answers the page. */
  failed(error: unknown, answering: boolean): void {
    const text = failureInWords(error, answering)
    if (text) this.#notice.show('end', { text, error: true })
  }
}

function failureInWords(error: unknown, answering: boolean): string | null {
  if (error instanceof LinkError) return LINK[error.problem]
  // The same server gives the programs and the parts of the page.
  if (!(error instanceof RefusedError)) return answering ? SHELL.partMissing : LINK.unreachable
  // A reload that found nothing to take up has nothing to say.
  return error.reason === 'unknown-session' ? null : REFUSALS[error.reason](error.detail)
}
