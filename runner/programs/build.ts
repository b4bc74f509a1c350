/** The building of a program in the terminal where it will run. */
import type { Command, Exit } from '../terminal/pty.ts'
import { BuildLog, type Progress } from './build-log.ts'
import type { Plan } from './plan.ts'

/** What a build does to its terminal. */
export interface BuildTerminal {
  /** Starts a step and follows what it says. Throws when the system has no terminal left. */
  spawn: (step: Command, follow: (chunk: Buffer) => void) => Promise<Exit>
  print: (text: string) => void
  /** How far it is. */
  progress: (progress: Progress) => void
  /** Whether it was asked to end. */
  stopped: () => boolean
}

export const INTERRUPTED: Exit = { code: 130, signal: 'INT' }

/** Builds a program. Returns how it failed, or null. Never rejects. */
export async function build(
  { program, exclusively, steps, done }: NonNullable<Plan['build']>,
  { spawn, print, progress, stopped }: BuildTerminal,
): Promise<{ exit: Exit; reason: 'build-failed' | 'launch-failed' } | null> {
  const log = new BuildLog(program)
  const follow = (chunk: Buffer) => {
    const text = log.push(chunk)
    if (text === '') return
    print(text)
    progress(log.progress!)
  }
  /** How the step that failed ended, or null. */
  const runSteps = async (): Promise<Exit | null> => {
    const all = steps()
    for (const step of all) {
      if (stopped()) return INTERRUPTED
      print(log.step())
      const exit = await spawn(step, follow)
      // Ctrl+C in its terminal ends the whole build.
      if (exit.code !== 0 && (!step.optional || exit.signal)) return exit
    }
    if (all.length > 0) done()
    return stopped() ? INTERRUPTED : null
  }
  print(log.step())
  try {
    const exit = await exclusively(runSteps)
    if (!stopped()) print(exit ? log.failed() : log.succeeded())
    return exit && { exit, reason: 'build-failed' }
  } catch (error) {
    print(log.impossible(error as NodeJS.ErrnoException))
    return { exit: { code: 1, signal: null }, reason: 'launch-failed' }
  }
}
