/** Our runner in a process of its own: `runner.ts LABS STATE SITE`. Prints its address; its memory can then be read. */
import { startRunner } from '../../runner/main.ts'

const [labsDir, stateDir, siteDir] = process.argv.slice(2)
const runner = await startRunner({ port: 0, siteDir: siteDir ?? null, labsDir, stateDir })
console.log(runner.url)
process.on('SIGTERM', async () => {
  await runner.close()
  process.exit()
})
