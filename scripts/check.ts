/** `npm run check`: the course, types, lint and format, spelling. Runs all of them, then fails if one did. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from './build.ts'

const bin = (name: string) => join(ROOT, 'node_modules', ...name.split('/'))
const CHECKS = [
  { title: 'Cours', args: [join(ROOT, 'scripts', 'check-course.ts')] },
  { title: 'Types', args: [bin('astro/bin/astro.mjs'), 'check', '--minimumFailingSeverity', 'warning'] },
  { title: 'Style du code', args: [bin('@biomejs/biome/bin/biome'), 'ci', '--error-on-warnings', '.'] },
  { title: 'Orthographe', args: [bin('cspell/bin.mjs'), '--no-progress', '--no-summary'] },
]

const failed = CHECKS.filter(({ title, args }) => {
  console.log(`\n— ${title}`)
  const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' }
  return spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env }).status !== 0
})
if (failed.length > 0) {
  console.error(`\nÀ corriger : ${failed.map(({ title }) => title).join(', ')}.`)
  process.exitCode = 1
} else {
  console.log('\nCours, types, style et orthographe : rien à corriger.')
}
