/** L'affichage d'un texte venu du réseau, comme le fait `qDebug()` pour une `QString` (QDebug, « quote »). */

const COURTS: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

/**
 * Entoure de guillemets et échappe ce qui ne s'affiche pas : un octet hostile ne peut ni effacer l'écran
 * ni se faire passer pour une autre ligne.
 */
export function entreGuillemets(texte: string): string {
  const echappe = texte.replace(/["\\]|\p{C}/gu, (c) => {
    const point = c.codePointAt(0)!
    const hexa = point.toString(16).toUpperCase()
    return COURTS[c] ?? (point > 0xffff ? `\\U${hexa.padStart(8, '0')}` : `\\u${hexa.padStart(4, '0')}`)
  })
  return `"${echappe}"`
}
