/** What a C++ compiler says: the lines that it blames, and in French a hint for the mistakes that a learner makes most. Pure. */
import { placesIn } from '../terminal/places.ts'

type Hint = readonly [RegExp, (found: RegExpExecArray) => string]

const HINTS: readonly Hint[] = [
  [
    /expected [‘'];[’'] after (?:class|struct) definition/,
    () => 'Une classe se termine par « }; » : ajoutez le point-virgule.',
  ],
  [
    /expected (?:[‘'],[’'] or )?[‘'];[’']/,
    () => 'Il manque un point-virgule à la fin de l’instruction d’avant.',
  ],
  [/maybe you meant to use [‘']->[’']/, () => 'C’est un pointeur : écrivez « -> » au lieu de « . ».'],
  [
    /maybe you meant to use [‘']\.[’']|base operand of [‘']->[’'] has non-pointer type/,
    () => 'Ce n’est pas un pointeur : écrivez « . » au lieu de « -> ».',
  ],
  [
    /has no member named [‘'](.+?)[’']; did you mean [‘'](.+?)[’']/,
    ([, wrong, right]) => `« ${wrong} » n’existe pas ; « ${right} » existe.`,
  ],
  [/has no member named [‘'](.+?)[’']/, ([, wrong]) => `« ${wrong} » n’existe pas dans cette classe.`],
  [
    /[‘']slots?[’'] does not name a type/,
    () => 'Dans une classe Qt : « private slots: », avec un s et deux-points.',
  ],
  [
    /[‘'](Q\w+)[’'] (?:does not name a type|was not declared|has not been declared)/,
    ([, name]) => `Il manque « #include <${name}> » en haut du fichier.`,
  ],
  [
    /invalid use of incomplete type [‘']class (Q\w+)[’']/,
    ([, name]) => `Il manque « #include <${name}> » : la classe est annoncée, pas décrite.`,
  ],
  [
    /slot requires more arguments than the signal provides/,
    () => 'Le slot attend plus de paramètres que le signal n’en donne.',
  ],
  [
    /Signal and slot arguments are not compatible/,
    () => 'Les types du signal et du slot ne vont pas ensemble.',
  ],
  [
    /no matching function for call to [‘'](?:QObject|\w+)::connect/,
    () => 'connect() prend : objet, &Classe::signal, objet, &Classe::slot.',
  ],
  [
    /no matching function for call to [‘'].*::write\(QString\)[’']/,
    () => 'write() envoie des octets : « texte.toUtf8() » en fait d’un QString.',
  ],
  [
    /no declaration matches [‘'](.+?)[’']/,
    ([, name]) =>
      `« ${name} » n’est pas déclarée dans la classe : ajoutez-la au fichier .h, avec les mêmes types.`,
  ],
  [
    /does not have any field named [‘'](\w+)[’']/,
    ([, name]) => `L’attribut « ${name} » n’est pas déclaré dans la classe (fichier .h).`,
  ],
  [
    /[‘'](\w+)[’'] was not declared in this scope/,
    ([, name]) => `« ${name} » est inconnu ici : orthographe, déclaration, #include, ou « Classe:: » oublié.`,
  ],
  [
    /qualified-id in declaration before|expected .* at end of input/,
    () => 'Une accolade ouverte plus haut n’est pas refermée.',
  ],
  [
    /(?:invalid conversion from|cannot convert) [‘'](.+?)[’'] to [‘'](.+?)[’']/,
    ([, from, to]) => `« ${from} » ne se convertit pas en « ${to} ».`,
  ],
  [
    /(\S+): No such file or directory/,
    ([, name]) => `Le fichier « ${name} » n’existe pas : vérifiez son nom.`,
  ],
  [
    /Q_OBJECT macro but does not inherit from QObject/,
    () => 'Une classe qui porte Q_OBJECT doit hériter de QObject.',
  ],
  [
    /undefined reference to .vtable for (\w+)/,
    ([, name]) =>
      `La classe ${name} porte Q_OBJECT, mais moc ne l’a pas lue : déclarez-la dans un fichier .h.`,
  ],
  [
    /undefined reference to .(\w+::\w+)/,
    ([, name]) => `« ${name} » est déclarée dans le .h, mais écrite nulle part dans le .cpp.`,
  ],
  [
    /is (?:private|protected) within this context/,
    () => 'Ce membre est privé : passez par une méthode publique.',
  ],
  [
    /no return statement in function returning non-void|control reaches end of non-void/,
    () => 'La fonction doit rendre une valeur : il manque un « return ».',
  ],
]

/** The hint for a line of the compiler, or null. */
export function compilerHint(said: string): string | null {
  for (const [pattern, hint] of HINTS) {
    const found = pattern.exec(said)
    if (found) return hint(found)
  }
  return null
}

export interface Blame {
  /** From 1. */
  line: number
  /** What the compiler says, in its language. */
  said: string
  hint: string | null
}

const ERROR = /^: (?:fatal )?error: (.+)$/

/** The errors of an output, in its order; `path` is the file as `refus/qt/serveur/main.cpp`. */
function* errorsIn(output: string): Generator<Blame & { path: string }> {
  for (const text of output.split(/\r?\n/)) {
    for (const { lab, file, line, end } of placesIn(text)) {
      const said = ERROR.exec(text.slice(end))?.[1]
      if (said) yield { path: `${lab}/${file}`, line, said, hint: compilerHint(text) }
    }
  }
}

/** The lines of a file that an output of the compiler blames; `path` names it as `refus/qt/serveur/main.cpp`. */
export function blamed(output: string, path: string): Blame[] {
  const found = new Map<string, Blame>()
  for (const { path: file, line, said, hint } of errorsIn(output))
    if (file === path) found.set(`${line} ${said}`, { line, said, hint })
  return [...found.values()]
}

/** The first error of an output, and the base name of its file; null when it has none. */
export function firstError(output: string): (Blame & { file: string }) | null {
  const { value } = errorsIn(output).next()
  if (!value) return null
  const { path, ...blame } = value
  return { ...blame, file: path.slice(path.lastIndexOf('/') + 1) }
}
