/** Reporter of `node --test`: at the end, the tests that were not run, each with its reason, and their count. */
import type { TestEvent } from 'node:test/reporters'

export default async function* skipped(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const lines: string[] = []
  for await (const event of events) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue
    const { name, skip } = event.data
    if (skip === undefined || skip === false) continue
    lines.push(`  - ${name} : ${skip === true ? 'sans raison donnée' : skip}`)
  }
  if (lines.length > 0) yield `\nTests non joués : ${lines.length}\n${lines.join('\n')}\n`
}
