/** The lines of programs that an output names: those of a call stack of Node, or of what a C++ compiler says. Pure. */

export interface Place {
  /** The lab and its file: `refus/serveur.ts`. */
  lab: string
  file: string
  line: number
  /** Where it is named in the text. */
  start: number
  end: number
}

/** More of a line than this is no place: an output may be hostile. */
const LENGTH_MAX = 4096
const NAMED =
  /(?:^|[/\\ (])(travail|labs)[/\\]([\w-]{1,64})[/\\]([\w./\\-]{1,128}\.(?:ts|cpp|h)):(\d{1,6})(?::\d{1,6})?/g

/** The places that a line of output names, whole even where the terminal folds it. */
export function placesIn(text: string): Place[] {
  return [...text.slice(0, LENGTH_MAX).matchAll(NAMED)].map((found) => {
    const [whole, area = '', lab = '', file = '', line] = found
    const start = found.index + whole.indexOf(area)
    return {
      lab,
      file: file.replaceAll('\\', '/'),
      line: Number(line),
      start,
      end: found.index + whole.length,
    }
  })
}
