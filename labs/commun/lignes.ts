/** Les lignes tapées au clavier (ou reçues d'un tube) : le pendant, pour un programme, de `readyRead`. */
import { createInterface } from 'node:readline'

/** Appelle `ligne` à chaque ligne tapée, sans sa fin de ligne, puis `fin` une fois (Ctrl+D, ou fin du tube). */
export function lireLignes(ligne: (texte: string) => void, fin: () => void): void {
  const clavier = createInterface({ input: process.stdin, terminal: false })
  clavier.on('line', ligne)
  clavier.on('close', fin)
}
