/**
 * Reporter of `node --test`: a line of JSON for each test that failed, its file, its name and what was said. The files
 * are told by the run; what they said is told again at its very end.
 */
import { relative } from 'node:path'
import type { TestEvent } from 'node:test/reporters'

/** A test that failed. */
export interface Red {
  file: string
  name: string
  said: string
}

export default async function* reds(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    if (event.type !== 'test:fail') continue
    const { name, file, details } = event.data
    const { message, cause } = details.error
    // What holds a test that failed has nothing to add.
    if (/^\d+ subtests? failed$/.test(message)) continue
    const said = cause instanceof Error ? cause.message : message
    // A file that could not end is told by its name.
    yield `${JSON.stringify({ file: relative(process.cwd(), file ?? name), name, said } satisfies Red)}\n`
  }
}
