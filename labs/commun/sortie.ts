/** La fin du programme. */

/** Arrête le programme avec ce code, une fois les signaux en cours traités : le pendant de `QCoreApplication::exit`. */
export function terminer(code: number): void {
  setImmediate(() => process.exit(code))
}
