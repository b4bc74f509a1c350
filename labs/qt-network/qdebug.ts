import { Enumere, NetworkLayerProtocol } from './enumeration.ts'
import { QHostAddress } from './qhostaddress.ts'
import { QObject } from './qobject.ts'

/** Un texte à afficher comme une `QString` : entre guillemets. Produit par `qs()`. */
export class QStr {
  readonly texte: string

  constructor(texte: string) {
    this.texte = texte
  }

  toString(): string {
    return this.texte
  }
}

/** Marque un texte comme `QString`, que `qDebug()` met entre guillemets ; une chaîne nue est un littéral de C++. */
export function qs(valeur: unknown): QStr {
  return new QStr(String(valeur))
}

/**
 * Écrit sur la sortie d'erreur ce qu'écrirait `qDebug() << a << b` : une espace entre les éléments, donc deux
 * espaces après un littéral qui finit par une espace.
 * https://doc.qt.io/qt-6/qdebug.html
 */
export function qDebug(...elements: unknown[]): void {
  gestionnaire(formeDebug(...elements))
}

let gestionnaire = (texte: string): void => {
  process.stderr.write(`${texte}\n`)
}

/** Confie à `nouveau` les messages de `qDebug()` et les avertissements, au lieu de la sortie d'erreur. */
export function qInstallMessageHandler(nouveau: (texte: string) => void): void {
  gestionnaire = nouveau
}

/** L'avertissement que Qt écrit quand un appel n'a pas de sens. */
export function qWarning(texte: string): void {
  gestionnaire(texte)
}

/** Le texte que `qDebug()` écrit, sans la fin de ligne. */
export function formeDebug(...elements: unknown[]): string {
  return elements.map((element) => forme(element, brut)).join(' ')
}

function brut(texte: string): string {
  return texte
}

/** @param chaine Comment écrire une chaîne nue : telle quelle, ou entre guillemets dans une liste. */
function forme(valeur: unknown, chaine: (texte: string) => string): string {
  if (typeof valeur === 'string') return chaine(valeur)
  if (typeof valeur === 'number') return formeNombre(valeur)
  if (valeur === null || valeur === undefined) return 'QObject(0x0)'
  if (valeur instanceof QStr) return entreGuillemets(valeur.texte)
  if (valeur instanceof Uint8Array) return octetsEntreGuillemets(valeur)
  if (valeur instanceof Enumere) return `QAbstractSocket::${valeur.nom}`
  if (valeur instanceof QHostAddress) return formeAdresse(valeur)
  if (valeur instanceof QObject) return `${valeur.constructor.name}(${adresseMemoire(valeur)})`
  if (Array.isArray(valeur)) return `QList(${valeur.map((v) => forme(v, entreGuillemets)).join(', ')})`
  return String(valeur)
}

/** Au-delà, un entier ne tient plus dans le `qint64` de Qt : il s'écrit comme un `double`. */
const ENTIER_MAX = 2 ** 63

/** Un nombre à virgule s'écrit avec 6 chiffres significatifs au plus, comme `%g`. */
function formeNombre(nombre: number): string {
  if (Number.isInteger(nombre) && Math.abs(nombre) < ENTIER_MAX) return String(nombre)
  if (Number.isNaN(nombre)) return 'nan'
  if (!Number.isFinite(nombre)) return nombre > 0 ? 'inf' : '-inf'
  const [mantisse = '', puissance = ''] = nombre.toExponential(5).split('e')
  const exposant = Number(puissance)
  if (exposant >= -4 && exposant < 6) return sansZeros(nombre.toFixed(5 - exposant))
  const chiffres = String(Math.abs(exposant)).padStart(2, '0')
  return `${sansZeros(mantisse)}e${exposant < 0 ? '-' : '+'}${chiffres}`
}

/** Les zéros qui suivent une virgule n'apprennent rien ; ceux d'un entier, si. */
function sansZeros(chiffres: string): string {
  return chiffres.includes('.') ? chiffres.replace(/\.?0+$/, '') : chiffres
}

function formeAdresse(adresse: QHostAddress): string {
  if (adresse.protocol() === NetworkLayerProtocol.AnyIPProtocol) return 'QHostAddress(QHostAddress::Any)'
  return `QHostAddress(${entreGuillemets(adresse.toString())})`
}

const ECHAPPEMENTS: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

function entreGuillemets(texte: string): string {
  let sortie = ''
  for (const caractere of texte) {
    sortie += ECHAPPEMENTS[caractere] ?? (/\p{C}/u.test(caractere) ? pointDeCode(caractere) : caractere)
  }
  return `"${sortie}"`
}

function pointDeCode(caractere: string): string {
  const code = caractere.codePointAt(0)!
  const hexa = code.toString(16).toUpperCase()
  return code > 0xffff ? `\\U${hexa.padStart(8, '0')}` : `\\u${hexa.padStart(4, '0')}`
}

/** Après `\xE9`, un chiffre hexadécimal serait lu comme la suite du code : Qt coupe la chaîne par `""`. */
function octetsEntreGuillemets(octets: Uint8Array): string {
  let sortie = ''
  let apresCode = false
  for (const octet of octets) {
    const caractere = String.fromCharCode(octet)
    const echappe = ECHAPPEMENTS[caractere]
    if (echappe === undefined && (octet < 0x20 || octet >= 0x7f)) {
      sortie += `\\x${octet.toString(16).toUpperCase().padStart(2, '0')}`
      apresCode = true
      continue
    }
    if (apresCode && /[\da-fA-F]/.test(caractere)) sortie += '""'
    sortie += echappe ?? caractere
    apresCode = false
  }
  return `"${sortie}"`
}

/** Une adresse en mémoire n'existe pas ici : chaque objet reçoit un numéro, toujours le même. */
const numeros = new WeakMap<QObject, string>()
let dernierNumero = 0

function adresseMemoire(objet: QObject): string {
  let numero = numeros.get(objet)
  if (numero === undefined) {
    dernierNumero += 1
    numero = `0x${dernierNumero.toString(16)}`
    numeros.set(objet, numero)
  }
  return numero
}
