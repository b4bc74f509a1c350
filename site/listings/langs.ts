/** The languages of what is shown: their code is coloured, a text is not. */
export const LANGS = ['cpp', 'ts', 'sh', 'cmake', 'nginx', 'text'] as const
export type Lang = (typeof LANGS)[number]

export function isLang(name: string): name is Lang {
  return (LANGS as readonly string[]).includes(name)
}
