/** The variants of a lab's program, for the tests that stand beside the labs. */
import type { VariantId } from '../labs/lab.ts'
import { detectQt } from '../runner/programs/qt.ts'
import type { Program } from './programs.ts'

export const VARIANTS: readonly VariantId[] = ['ts', 'node', 'qt']

const noQt = (await detectQt()) ? false : 'Qt 6 est absent de cette machine (paquets qt6-base-dev et cmake)'

/** The options of a test about one variant: skipped with its reason when it cannot run here. */
export function optionsOf(variant: VariantId): { skip: string | false; timeout: number } {
  return { skip: variant === 'qt' && noQt, timeout: 240_000 }
}

/** The port of a server's ready line. */
export async function portOf(server: Program): Promise<number> {
  return Number((await server.until(/port : (\d+)/))[1])
}
