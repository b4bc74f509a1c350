/** `npm run check:cours`: the author's mistakes, each with its file, its line and the next step. Builds nothing. */
import { problemsOf } from '../site/course/check.ts'
import { sentenceOf } from '../site/course/problem.ts'
import { ROOT } from './build.ts'

const problems = await problemsOf(ROOT)
for (const problem of problems) console.error(sentenceOf(problem))
if (problems.length > 0) {
  console.error(`\n${problems.length === 1 ? 'Une erreur' : `${problems.length} erreurs`} à corriger.`)
  process.exitCode = 1
} else {
  console.log('Le cours tient ensemble : rien à corriger.')
}
