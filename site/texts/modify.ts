/** « Modifier »: what the page waits for, and who says that it is done. */
import type { VariantId } from '../../labs/lab.ts'
import { VARIANTS } from './lab.ts'
import { quoted } from './quoted.ts'

/** A program that must show something. */
interface Awaited {
  title: string
  copy: boolean
  variant: VariantId | undefined
  over: boolean
  shown: boolean
}

function partOf({ title, copy, variant, over, shown }: Awaited): string {
  const words = [
    copy ? `${title}, votre copie modifiée` : title,
    ...(variant ? [`en ${VARIANTS[variant]}`] : []),
    ...(over ? ['jusqu’à sa fin'] : []),
  ]
  return `${shown ? '✓ ' : ''}${words.join(', ')}`
}

export const MODIFY = {
  /** What is still to be seen, program by program. */
  awaited: (parts: readonly Awaited[]) =>
    `La page le cochera d’elle-même quand elle aura vu, dans vos essais, le résultat attendu. Programmes à lancer : ${parts.map(partOf).join(' ; ')}.`,
  announced: (title: string) => `Modification faite : ${quoted(title)}.`,
  seen: '✓ La page l’a vu dans votre essai.',
  said: 'Coché par vous.',
  unseen: 'Rien dans la page ne peut le voir : cochez-le vous-même.',
  oneOf: (titles: readonly string[]) => titles.join(' ou '),
  /** The button of one that the page can see. */
  elsewhere: 'Fait ailleurs',
} as const
