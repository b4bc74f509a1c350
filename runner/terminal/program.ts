/** A program that runs: in a pseudo-terminal, or on pipes where the machine cannot have any. */
import { Pipes } from './pipes.ts'
import { type Command, type Exit, HAS_TERMINALS, Pty } from './pty.ts'

export interface RunningProgram {
  readonly pid: number
  onData(listener: (chunk: Buffer) => void): void
  /** Called once, after all the output. */
  onExit(listener: (exit: Exit) => void): void
  /** Queues bytes for the program; false, and nothing taken, when too much already waits. */
  write(bytes: Buffer): boolean
  /** Types Ctrl+C, ahead of the input that waits. */
  interrupt(): void
  resize(cols: number, rows: number): void
  pause(): void
  resume(): void
  alive(): boolean
}

/** Starts `command`. Throws when the system has no terminal left. */
export function startProgram(command: Command, cols: number, rows: number): RunningProgram {
  return HAS_TERMINALS ? new Pty(command, cols, rows) : new Pipes(command)
}
