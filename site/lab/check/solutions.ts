/** The course's solutions as a page fetches them, one by one, once they are no secret. */

const SOLUTIONS = import.meta.glob<string>('../../../labs/*/solutions/**/*.{ts,cpp}', {
  query: '?raw',
  import: 'default',
})

/** The solution of an exercise; in TypeScript where there is none in that language. Rejects when it cannot be fetched. */
export async function loadSolution(
  lab: string,
  exercise: string,
  variant: 'ts' | 'node' | 'qt',
): Promise<{ file: string; text: string }> {
  const names = { ts: `${exercise}.ts`, node: `${exercise}.node.ts`, qt: `qt/${exercise}/main.cpp` }
  const file = [names[variant], names.ts].find((name) => SOLUTIONS[pathOf(lab, name)])
  if (file === undefined) throw new Error(`no solution of ${lab}/${exercise}`)
  return { file, text: await SOLUTIONS[pathOf(lab, file)]!() }
}

function pathOf(lab: string, name: string): string {
  return `../../../labs/${lab}/solutions/${name}`
}
