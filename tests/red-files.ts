/** Reporter of `node --test`: the files where a test failed, one per line. */
import { relative } from 'node:path'
import type { TestEvent } from 'node:test/reporters'

export default async function* redFiles(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const files = new Set<string>()
  for await (const event of events) {
    if (event.type !== 'test:fail') continue
    // A file that could not end is told by its name.
    const file = relative(process.cwd(), event.data.file ?? event.data.name)
    if (!files.has(file)) yield `${file}\n`
    files.add(file)
  }
}
