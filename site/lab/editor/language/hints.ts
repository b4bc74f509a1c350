/** One more sentence for the mistakes of TypeScript whose message alone does not help a beginner, by their code. */

type Hint = (message: string, text: string) => string | null

const NULLABLE = () => 'Testez d’abord cette valeur avec « if », ou écrivez « ?. » à la place du point.'
const ARROW: Hint = (_, text) => (text.startsWith('>') ? 'En TypeScript, « -> » s’écrit « . ».' : null)
/** Types of C++, and what TypeScript calls them. */
const TYPES: Readonly<Record<string, string>> = {
  int: 'number',
  quint16: 'number',
  double: 'number',
  bool: 'boolean',
  QString: 'string',
  char: 'string',
}

const HINTS: Readonly<Record<number, Hint>> = {
  1002: () => 'Fermez la chaîne avec le même guillemet que celui qui l’ouvre.',
  1005: ARROW,
  1109: ARROW,
  1294: (_, text) =>
    /^(private|public|protected|readonly)\b/.test(text)
      ? 'Déclarez le champ dans la classe, puis donnez-lui sa valeur dans le constructeur.'
      : 'Le programme tourne sans être traduit : à la place d’un « enum », écrivez un objet « as const ».',
  1434: (_, text) => (TYPES[text] ? `Le type se met après le nom : « nom: ${TYPES[text]} ».` : null),
  2304: (_, text) => `Vérifiez l’orthographe, déclarez « ${text} », ou importez-le en haut du fichier.`,
  2345: (message, text) => {
    if (/\| null/.test(message)) return `« ${text} » peut être null : testez-le d’abord avec « if ».`
    return /\(\) => /.test(message) ? `« ${text} » est une fonction : il manque peut-être « () ».` : null
  },
  2349: () =>
    'Une ligne qui commence par « ( » continue la ligne d’avant : mettez un « ; » à la fin de celle-ci.',
  2366: () => 'Chaque « if » doit mener à un « return », et la fin de la fonction aussi.',
  2531: NULLABLE,
  2532: NULLABLE,
  2835: () => 'L’adresse d’un fichier voisin finit par « .ts » : « ./cadreur.ts ».',
  7030: () => 'Chaque « if » doit mener à un « return », et la fin de la fonction aussi.',
  18047: NULLABLE,
  18048: NULLABLE,
}

/** The hint for a message of TypeScript about `text`; null when there is none. */
export function hintFor(code: number, message: string, text: string): string | null {
  return HINTS[code]?.(message, text) ?? null
}
