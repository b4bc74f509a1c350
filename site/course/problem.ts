/** What an author's mistake is told as: the file, the line, what is wrong and the next step. */

export interface Problem {
  /** From the project's root: `content/quiz/8-1.yaml`. */
  file: string
  /** From 1; absent when the mistake is that something is missing. */
  line?: number | undefined
  message: string
}

/** The sentence an author reads: `content/quiz/8-1.yaml:12 : …`. */
export function sentenceOf({ file, line, message }: Problem): string {
  return `${file}${line === undefined ? '' : `:${line}`} : ${message}`
}

/** Line, from 1, where a text first says `words`; undefined when it never does. */
export function lineOf(text: string, words: string): number | undefined {
  const place = text.indexOf(words)
  return place === -1 ? undefined : text.slice(0, place).split('\n').length
}
