/**
 * One xterm in the page: shows bytes, tells what is typed. Loaded at the first launch only.
 * Nothing a program prints reaches beyond it: no title, no clipboard, no link followed without a question.
 */
import { FitAddon } from '@xterm/addon-fit'
import { Terminal as Xterm } from '@xterm/xterm'
import style from '@xterm/xterm/css/xterm.css?url'
import { loadStyle } from '../../load-style.ts'
import { gapMark, LAB } from '../../texts.ts'
import type { Size } from '../link/source.ts'
import { copyText } from './clipboard.ts'
import { LineMarks } from './marks.ts'
import { type NamedPlace, namedPlaces } from './named-places.ts'
import { harmlessPaste } from './plain.ts'
import { themeOf } from './theme.ts'
import { scrollByTouch } from './touch.ts'

export interface TerminalOptions {
  /** Where it lives; its size decides the columns and rows. */
  host: HTMLElement
  label: string
  screenReader: boolean
  /** What was typed, as the program must receive it. */
  onInput(text: string): void
  /** A key that means nothing to a program that reads lines: it was not sent. */
  onUselessKey(): void
  onResize(size: Size): void
  /** Whether a program reads what is typed. */
  takesKeys(): boolean
  /** A line was clicked: the bytes of the output that it holds. */
  onChoose(line: { from: number; to: number }): void
  /** A line of a program, named by the output, was clicked. */
  onPlace(place: NamedPlace): void
  /** The keyboard user wants out (Escape twice). */
  onLeave(): void
}

/** After the last change of size, and between the two Escapes that leave, in ms. */
const FIT_DELAY = 100
const LEAVE_DELAY = 600
/** Lines kept above the screen. */
const SCROLLBACK = 5_000

/** What the arrows, Home, End, the pages and the function keys send: a terminal that reads lines shows it as `^[[D`. */
const CURSOR_KEY = /^\x1b(?:\[[\d;]*[A-HPQRS~]|O[A-HPQRS])$/

export class TerminalView {
  readonly #xterm: Xterm
  readonly #fit = new FitAddon()
  readonly #options: TerminalOptions
  readonly #marks: LineMarks
  /** Replayed writes not parsed yet: what xterm answers to them was already answered once. */
  #replaying = 0
  /** No program has printed since the last reset. */
  #fresh = true
  #fitTimer: ReturnType<typeof setTimeout> | undefined
  #escapedAt = Number.NEGATIVE_INFINITY

  private constructor(options: TerminalOptions, family: string) {
    this.#options = options
    Xterm.strings.promptLabel = LAB.prompt
    Xterm.strings.tooMuchOutput = LAB.tooMuchOutput
    this.#xterm = new Xterm({
      scrollback: SCROLLBACK,
      fontFamily: family,
      fontSize: fontSizeOf(options.host),
      lineHeight: 1.2,
      minimumContrastRatio: 4.5,
      // A blink recalculates the style of the page 60 times a second.
      cursorBlink: false,
      screenReaderMode: options.screenReader,
      theme: themeOf(options.host),
      // Lines are lit by decorations, which xterm still calls proposed.
      allowProposedApi: true,
      linkHandler: { activate: (_event, url) => openLink(url) },
    })
    this.#xterm.loadAddon(this.#fit)
    this.#marks = new LineMarks(this.#xterm)
    this.#xterm.attachCustomKeyEventHandler((event) => this.#onKey(event))
    this.#xterm.onData((text) => {
      if (this.#replaying > 0 && text.startsWith('\x1b')) return
      if (CURSOR_KEY.test(text) && !this.#asksForKeys) options.onUselessKey()
      else options.onInput(text)
    })
    this.#xterm.registerLinkProvider(namedPlaces(this.#xterm, (place) => options.onPlace(place)))
    this.#xterm.onResize(({ cols, rows }) => options.onResize({ cols, rows }))
    scrollByTouch(options.host, this.#xterm)
    // The click that gives the keyboard to a program chooses nothing.
    let had = false
    options.host.addEventListener(
      'pointerdown',
      () => {
        had = options.host.contains(document.activeElement)
      },
      true,
    )
    options.host.addEventListener('click', (event) => (had || !options.takesKeys()) && this.#onClick(event))
    options.host.addEventListener('paste', (event) => this.#onPaste(event), true)
  }

  static async open(options: TerminalOptions): Promise<TerminalView> {
    const family = getComputedStyle(options.host).fontFamily
    await Promise.all([loadStyle(style), document.fonts.load(`13px ${family}`).catch(() => {})])
    const view = new TerminalView(options, family)
    view.#xterm.open(options.host)
    view.#xterm.textarea?.setAttribute('aria-label', options.label)
    view.#fitNow()
    new ResizeObserver(() => {
      clearTimeout(view.#fitTimer)
      view.#fitTimer = setTimeout(() => view.#fitNow(), FIT_DELAY)
    }).observe(options.host)
    new MutationObserver(() => {
      view.#xterm.options.theme = themeOf(options.host)
    }).observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return view
  }

  get size(): Size {
    return { cols: this.#xterm.cols, rows: this.#xterm.rows }
  }

  /** `from`: how many bytes the program had printed before. */
  write(bytes: Uint8Array, replay: boolean, consumed: () => void, from: number): void {
    if (replay) this.#replaying += 1
    if (this.#fresh) this.#xterm.write('', () => this.#marks.note(from))
    this.#fresh = false
    const pieces = this.#marks.piecesOf(bytes, from)
    pieces.forEach(({ piece, end }, at) => {
      this.#xterm.write(piece, () => {
        this.#marks.note(end)
        if (at < pieces.length - 1) return
        if (replay) this.#replaying -= 1
        consumed()
      })
    })
  }

  /** Lights the line that holds a byte of what the program printed. */
  light(offset: number): void {
    this.#marks.light(offset)
  }

  unlight(): void {
    this.#marks.unlight()
  }

  /** A line of the page's own, in a style that says so. */
  note(text: string): void {
    this.#xterm.write(`\x1b[0m\x1b[90m${text}\x1b[0m\r\n`, () => this.#marks.note(0))
  }

  gap(bytes: number): void {
    this.#xterm.write(`\x1b[0m\r\n\x1b[2;33m${gapMark(bytes)}\x1b[0m\r\n`)
  }

  /** Empties it for a new program, once all that the one before printed is parsed. */
  reset(): void {
    this.#fresh = true
    this.#xterm.write('\x1bc', () => this.#marks.reset())
  }

  /** Empties it, keeping the line being written. */
  clear(): void {
    this.#xterm.clear()
  }

  focus(): void {
    this.#xterm.focus()
  }

  set screenReader(value: boolean) {
    this.#xterm.options.screenReaderMode = value
  }

  /** The selection, or all the text there is. */
  text(): string {
    if (this.#xterm.hasSelection()) return this.#xterm.getSelection()
    const { active } = this.#xterm.buffer
    const lines: string[] = []
    for (let index = 0; index < active.length; index += 1) {
      const line = active.getLine(index)
      const text = line?.translateToString(true) ?? ''
      if (line?.isWrapped) lines.push((lines.pop() ?? '') + text)
      else lines.push(text)
    }
    return lines.join('\n').trimEnd()
  }

  /** The program has taken the screen or the arrows for itself, as an editor does. */
  get #asksForKeys(): boolean {
    return this.#xterm.modes.applicationCursorKeysMode || this.#xterm.buffer.active.type === 'alternate'
  }

  #fitNow(): void {
    const { clientWidth, clientHeight } = this.#options.host
    if (clientWidth === 0 || clientHeight === 0) return
    this.#xterm.options.fontSize = fontSizeOf(this.#options.host)
    this.#fit.fit()
    this.#options.host.dataset.cols = String(this.#xterm.cols)
  }

  /** False leaves the key to the browser. */
  #onKey(event: KeyboardEvent): boolean {
    if (event.type !== 'keydown') return true
    if (event.key === 'Tab' && event.shiftKey) return false
    const control = event.ctrlKey && !event.altKey && !event.metaKey
    const key = event.key.toLowerCase()
    if (control && key === 'v') return false
    if (control && key === 'c' && this.#xterm.hasSelection()) {
      void copyText(this.#xterm.getSelection())
      this.#xterm.clearSelection()
      event.preventDefault()
      return false
    }
    if (event.key === 'Escape') {
      const twice = event.timeStamp - this.#escapedAt < LEAVE_DELAY
      this.#escapedAt = event.timeStamp
      if (twice) {
        this.#options.onLeave()
        return false
      }
    }
    return true
  }

  /** A click that selects no text chooses its line. */
  #onClick({ clientY }: MouseEvent): void {
    const rows = this.#options.host.querySelector('.xterm-rows')?.getBoundingClientRect()
    if (!rows || this.#xterm.hasSelection()) return
    const row = Math.floor(((clientY - rows.top) / rows.height) * this.#xterm.rows)
    const line = this.#marks.bytesOf(this.#xterm.buffer.active.viewportY + row)
    if (line && Number.isFinite(line.to)) this.#options.onChoose(line)
  }

  #onPaste(event: ClipboardEvent): void {
    event.preventDefault()
    event.stopPropagation()
    const text = event.clipboardData?.getData('text/plain')
    if (text) this.#xterm.paste(harmlessPaste(text))
  }
}

function fontSizeOf(host: HTMLElement): number {
  return Number.parseFloat(getComputedStyle(host).fontSize) || 13
}

/** A program may print any address: only the web, only after a yes, and without a way back to this page. */
function openLink(url: string): void {
  if (!/^https?:\/\//i.test(url) || !window.confirm(LAB.openLink(url))) return
  window.open(url, '_blank', 'noopener,noreferrer')
}
