/**
 * Les options d'un programme : `--port 1234` ou `--port=1234`.
 * La valeur par défaut donne le genre de l'option : un nombre attend un entier, `false` déclare un drapeau,
 * une liste déclare un choix dont le premier est le défaut, un texte accepte tout.
 * Une option fautive s'explique en français et le programme s'arrête avec le code 2.
 */
import { basename } from 'node:path'

type Defaut = number | string | boolean | readonly string[]
type Valeur<D> = D extends readonly (infer C)[]
  ? C
  : D extends number
    ? number
    : D extends boolean
      ? boolean
      : string

/** Lit la ligne de commande ; `port` et `vers` vont de 0 (le système choisit) à 65535, les autres nombres de 0 à 10⁹. */
export function lireOptions<const D extends Readonly<Record<string, Defaut>>>(
  defauts: D,
  mots: readonly string[] = process.argv.slice(2),
): { [Nom in keyof D]: Valeur<D[Nom]> } {
  const valeurs: Record<string, number | string | boolean> = {}
  for (const [nom, defaut] of Object.entries(defauts)) valeurs[nom] = premier(defaut)
  for (let i = 0; i < mots.length; i++) {
    const [, nom = '', collee] = /^--([^=]+)(?:=(.*))?$/s.exec(mots[i]!) ?? []
    const defaut = Object.hasOwn(defauts, nom) ? defauts[nom] : undefined
    if (defaut === undefined) refuser(`Option inconnue : ${mots[i]}.`, defauts)
    if (defaut === false) {
      if (collee !== undefined) refuser(`L'option --${nom} ne prend pas de valeur.`, defauts)
      valeurs[nom] = true
      continue
    }
    const texte = collee ?? mots[++i]
    if (texte === undefined || (collee === undefined && texte.startsWith('--'))) {
      refuser(`Il manque une valeur après --${nom}.`, defauts)
    }
    if (typeof defaut === 'number') valeurs[nom] = entier(nom, texte, defauts)
    else if (Array.isArray(defaut) && !defaut.includes(texte)) {
      refuser(`--${nom} attend l'une de ces valeurs : ${defaut.join(', ')}.`, defauts)
    } else valeurs[nom] = texte
  }
  return valeurs as { [Nom in keyof D]: Valeur<D[Nom]> }
}

function premier(defaut: Defaut): number | string | boolean {
  return typeof defaut === 'object' ? (defaut[0] ?? '') : defaut
}

function entier(nom: string, texte: string, defauts: Readonly<Record<string, Defaut>>): number {
  const max = nom === 'port' || nom === 'vers' ? 65_535 : 1_000_000_000
  const nombre = /^\d{1,10}$/.test(texte) ? Number(texte) : Number.NaN
  if (!(nombre <= max)) refuser(`--${nom} attend un entier de 0 à ${max}, pas « ${texte} ».`, defauts)
  return nombre
}

/** Explique l'option fautive, rappelle l'usage et arrête le programme avec le code 2. */
function refuser(phrase: string, defauts: Readonly<Record<string, Defaut>>): never {
  const usages = Object.entries(defauts).map(([nom, defaut]) => {
    if (defaut === false) return `[--${nom}]`
    const exemple = typeof defaut === 'object' ? defaut.join('|') : String(defaut)
    return `[--${nom} ${/[\s!]/.test(exemple) || exemple === '' ? `"${exemple}"` : exemple}]`
  })
  process.stderr.write(`${phrase}\nUsage : ${basename(process.argv[1] ?? 'programme')} ${usages.join(' ')}\n`)
  process.exit(2)
}
