/** The course holds together, and each mistake of an author is found in its sources, told with its file, its line and the next step. */
import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Activities } from '../labs/activities.ts'
import { ROOT } from '../scripts/build.ts'
import { filesUnder } from '../scripts/files.ts'
import { problemsOf } from '../site/course/check.ts'
import { lineOf, sentenceOf } from '../site/course/problem.ts'

test('the course has no mistake', async () => {
  assert.deepEqual((await problemsOf(ROOT)).map(sentenceOf), [])
})

test('a section says what is true; only the page of corrections speaks of the source chapter', async () => {
  const telling: string[] = []
  for (const path of await filesUnder(ROOT, ['content/chapitre-8', 'content/quiz'])) {
    const text = (await readFile(path, 'utf8')).replaceAll('/chapitre-8/', '')
    if (/chapitre|d'origine/i.test(text)) telling.push(relative(ROOT, path))
  }
  assert.deepEqual(telling, [])
})

test('each lab says what to see on the figure, and the teacher when to show it', async () => {
  const guide = await readFile(join(ROOT, 'content', 'guide-enseignant.mdx'), 'utf8')
  const sections = new Map(guide.split(/^## /m).map((text) => [text.split(' ', 1)[0]!, text]))
  const silent: string[] = []
  for (const path of await filesUnder(ROOT, ['labs'])) {
    if (!path.endsWith('activites.ts')) continue
    const { observe } = ((await import(path)) as { default: Activities }).default
    if (!observe.some((words) => words.includes('« Le fil »'))) silent.push(relative(ROOT, path))
  }
  for (const path of await filesUnder(ROOT, ['content/chapitre-8'])) {
    const [, section = ''] = /^section: ['"]?([\d.]+)/m.exec(await readFile(path, 'utf8')) ?? []
    const lab = /<Lab id=/.test(await readFile(path, 'utf8'))
    if (lab && !sections.get(section)?.slice(1).includes('« Le fil »')) silent.push(`${section} in the guide`)
  }
  assert.deepEqual(silent, [])
})

interface Mistake {
  title: string
  file: string
  /** What the file says once the mistake is made; null when it is deleted. */
  make: (text: string) => string | null
  /** Words of the line that must be named; the file alone when absent. */
  at?: string
  /** The file named when the mistake shows in another. */
  told?: string
  says: RegExp
}

const SECTION = 'content/chapitre-8/8-6-7.mdx'
const QUIZ = 'content/quiz/8-6-7.yaml'
const ERRATA = 'content/errata/8-6-7.yaml'
const COVERAGE = 'content/couverture/8-6-7.yaml'
const GLOSSARY = 'content/glossaire.yaml'
const LAB = 'labs/refus/lab.ts'
const ACTIVITIES = 'labs/refus/activites.ts'
const PROGRAM = 'labs/refus/serveur.ts'

/** Replaces the first match; the text must have one. */
const put = (typed: string | RegExp, mistaken: string) => (text: string) => {
  assert.ok(typeof typed === 'string' ? text.includes(typed) : typed.test(text), `${typed} is not there`)
  return text.replace(typed, mistaken)
}
const add = (line: string) => (text: string) => `${text}\n${line}\n`

const MISTAKES: Mistake[] = [
  ...[
    [
      'a language without colours',
      '```js\nlet x\n```',
      /un bloc de code commence par ``` et son langage, parmi cpp,/,
    ],
    ['an unknown tag', '<Labo id="refus" />', /la balise <Labo> n'existe pas\. Balises possibles : .*Lab/],
    [
      'an unknown attribute',
      '<Figure nom="quatre-refus" titre="x" />',
      /n'a pas d'attribut « titre »\. .*: nom, labo\./,
    ],
    [
      'a figure that leads to no lab',
      '<Figure nom="quatre-refus" labo="refuse" />',
      /labs\/refuse\/lab\.ts n'existe pas/,
    ],
    [
      'an attribute misspelt',
      '<Extrait lab="refus" fichier="serveur.ts" regon="x" />',
      /« regon »\. .*region\./,
    ],
    [
      'an attribute missing',
      '<Jumeaux lab="refus" programme="serveur" />',
      /il manque l'attribut region="…"/,
    ],
    ['an attribute that is no text', '<Figure nom={3} />', /s'écrit entre guillemets, nom="…"/],
    ['an unknown lab', '<Lab id="rfus" />', /labs\/rfus\/lab\.ts n'existe pas : corrigez le nom/],
    ['an unknown figure', '<Figure nom="rfus" />', /Figures possibles : .*quatre-refus/],
    [
      'a dead term',
      '<Terme id="nulle-part">x</Terme>',
      /content\/glossaire\.yaml n'a pas de terme « nulle-part »/,
    ],
    ['a dead correction', '<Correction id="E-0" />', /n'a de correction « E-0 » : corrigez l'identifiant/],
    ['an unknown sub-goal', '<SousBut nom="LIRE" />', /« LIRE » n'est pas un sous-but\. .*: CRÉER,/],
    [
      'an unknown program',
      '<Jumeaux lab="refus" programme="srveur" region="x" />',
      /labs\/refus\/srveur\.ts n'existe pas/,
    ],
    [
      'an unknown region',
      '<Extrait lab="refus" fichier="serveur.ts" region="xy" />',
      /n'a pas de région « xy » : entourez/,
    ],
    [
      'a link to no page',
      '[là](/chapitre-8/9-9/)',
      /« \/chapitre-8\/9-9\/ » ne mène à aucune page : corrigez-le/,
    ],
    [
      'a link to no heading',
      '[là](/chapitre-8/8-1/#nulle-part)',
      /8-1\.mdx n'a pas de titre « #nulle-part »/,
    ],
    ['an expression', '{rien.x}', /\{rien\.x\} serait calculé : écrivez le texte lui-même/],
    ['an import', "import x from './x.js'", /une page n’importe ni n’exporte rien/],
    ['a pasted program', '```ts\nlet x\n```', /un programme est collé ici : montrez une région/],
  ].map(([title, line, says]) => ({
    title: title as string,
    file: SECTION,
    make: add(line as string),
    at: (line as string).split('\n')[0]!,
    says: says as RegExp,
  })),
  {
    title: 'a page that is not MDX',
    file: SECTION,
    make: add('<Note titre="Seule">'),
    at: '<Note titre="Seule">',
    says: /ne se lit pas comme du MDX .* : vérifiez les balises/,
  },
  {
    title: 'an unknown key in a head',
    file: SECTION,
    make: put('order:', 'ordre: 1\norder:'),
    at: 'ordre: 1',
    says: /la clé « ordre » n'existe pas ici/,
  },
  {
    title: 'a section without order',
    file: SECTION,
    make: put(/^order: .*\n/m, ''),
    says: /« order » : il manque à cette page : ajoutez cette clé à son en-tête/,
  },
  {
    title: 'a page of a part without order',
    file: 'content/outils.mdx',
    make: put(/^order: .*\n/m, ''),
    says: /« order » : il manque à cette page/,
  },
  {
    title: 'a part that does not exist',
    file: SECTION,
    make: put(/^part: .*$/m, 'part: tpc'),
    at: 'part: tpc',
    says: /« part » : /,
  },
  {
    title: 'two pages of the same order',
    file: 'content/synoptique.mdx',
    make: put(/^order: .*$/m, 'order: 867'),
    at: 'order: 867',
    says: /« order: 867 » est déjà celui de content\/chapitre-8\/8-6-7\.mdx/,
  },
  {
    title: 'a section in the file of another',
    file: SECTION,
    make: put('section: "8.6.7"', 'section: "8.6.8"'),
    at: 'section: "8.6.8"',
    says: /la section « 8\.6\.8 » s'écrit dans 8-6-8\.mdx/,
  },
  {
    title: 'a YAML that cannot be read',
    file: QUIZ,
    make: put('questions:', 'questions: "a" b'),
    at: 'questions: "a" b',
    says: /ce YAML est illisible/,
  },
  {
    title: 'a quiz of another section',
    file: QUIZ,
    make: put('section: "8.6.7"', 'section: "8.6.6"'),
    at: 'section: "8.6.6"',
    says: /« section: 8\.6\.6 » ne va pas avec le nom du fichier/,
  },
  {
    title: 'an unknown key in a quiz',
    file: QUIZ,
    make: put(/^( +)because: /m, '$1becuse: non\n$1because: '),
    at: 'becuse: non',
    says: /la clé « becuse » n'existe pas ici : corrigez son nom, ou retirez-la/,
  },
  {
    title: 'an option left empty',
    file: QUIZ,
    make: put(/^( +)because: .*$/m, '$1because: ""'),
    at: 'because: ""',
    says: /ce texte est vide : écrivez-le/,
  },
  {
    title: 'a question without a right answer',
    file: QUIZ,
    make: put(/^ +right: true\n/m, ''),
    says: /il faut une seule option « right: true »/,
  },
  {
    title: 'two questions with the same id',
    file: QUIZ,
    make: put('id: q2', 'id: q1'),
    says: /« id: q1 » est déjà dans content\/quiz\/8-6-7\.yaml/,
  },
  {
    title: 'a quiz that its section does not show',
    file: SECTION,
    make: put('<Quiz />', ''),
    told: QUIZ,
    says: /content\/chapitre-8\/8-6-7\.mdx ne montre pas ce quiz : placez-y <Quiz \/>/,
  },
  {
    title: 'a quiz that does not exist',
    file: QUIZ,
    make: () => null,
    told: SECTION,
    at: '<Quiz />',
    says: /content\/quiz\/8-6-7\.yaml n'existe pas : créez ce fichier, ou retirez la balise/,
  },
  {
    title: 'a correction without its source',
    file: ERRATA,
    make: put(/^ +source: .*\n/m, ''),
    says: /il manque « source » : ajoutez cette clé/,
  },
  {
    title: 'a term of no section',
    file: GLOSSARY,
    make: put(/section: .*/, 'section: "9.9"'),
    at: 'section: "9.9"',
    says: /aucune page n'est la section « 9\.9 »/,
  },
  {
    title: 'two terms with the same id',
    file: GLOSSARY,
    make: (text) => `${text}\n${text.slice(text.indexOf('- id:'), text.indexOf('\n- id:') + 1)}`,
    says: /est déjà dans content\/glossaire\.yaml : donnez un autre « id »/,
  },
  {
    title: 'a notion taught under no heading',
    file: COVERAGE,
    make: put(/anchor: .*/, 'anchor: "#nulle-part"'),
    at: 'anchor: "#nulle-part"',
    says: /n'a pas de titre « #nulle-part »\. Titres possibles : .*#quiz/,
  },
  {
    title: 'a notion whose words are nowhere',
    file: COVERAGE,
    make: put(/witness: .*/, 'witness: "mots de nulle part"'),
    at: 'witness: "mots de nulle part"',
    says: /ne dit pas « mots de nulle part » : citez des mots de cette page/,
  },
  {
    title: 'a section without coverage',
    file: COVERAGE,
    make: () => null,
    told: SECTION,
    says: /n'a pas de couverture : dites dans content\/couverture\/8-6-7\.yaml/,
  },
  {
    title: 'a region that is not closed',
    file: PROGRAM,
    make: (text) => `${text}// #region seule\n`,
    at: '// #region seule',
    says: /la région « seule » n'est pas fermée : ajoutez \/\/ #endregion/,
  },
  {
    title: 'a lab that no section shows',
    file: SECTION,
    make: put('<Lab id="refus" />', ''),
    told: LAB,
    says: /aucune section ne montre ce labo : placez-y <Lab id="refus" \/>/,
  },
  {
    title: 'a lab of no section',
    file: LAB,
    make: put("section: '8.6.7'", "section: '9.9'"),
    says: /aucune page n'est la section « 9\.9 »/,
  },
  {
    title: 'a lab that cannot be loaded',
    file: LAB,
    make: add('const ='),
    says: /ce fichier ne se charge pas \(.*\) : corrigez-le/,
  },
  {
    title: 'a program that does not exist',
    file: 'labs/refus/serveur.node.ts',
    make: () => null,
    told: LAB,
    at: "id: 'serveur'",
    says: /serveur\.node\.ts n'existe pas : écrivez ce programme, ou retirez la variante « node »/,
  },
  {
    title: 'an unknown parameter',
    file: LAB,
    make: put(/parameters: \['port', /, "parameters: ['prot', "),
    at: "id: 'serveur'",
    says: /un paramètre inconnu, « prot »\. Noms possibles : port,/,
  },
  {
    title: 'a default that is refused',
    file: LAB,
    make: put('default: 1234', 'default: 123456'),
    says: /la valeur par défaut de « port » est refusée/,
  },
  {
    title: 'a step of an unknown role',
    file: LAB,
    make: put(/(scenario: \[\s*\{\s*role: )'serveur'/, "$1'srveur'"),
    says: /le scénario nomme un rôle inconnu, « srveur »\. Noms possibles : serveur/,
  },
  {
    title: 'a lab without activities',
    file: ACTIVITIES,
    make: () => null,
    says: /ce fichier n'existe pas : écrivez-y ce que l'élève prédit/,
  },
  {
    title: 'an exercise without its file',
    file: 'labs/refus/exercices/poli.ts',
    make: () => null,
    told: ACTIVITIES,
    at: "'labs/refus/exercices/poli.ts'",
    says: /labs\/refus\/exercices\/poli\.ts n'existe pas : créez ce fichier/,
  },
  {
    title: 'a starting file that no exercise names',
    file: 'labs/refus/exercices/oublie.ts',
    make: () => '',
    says: /aucun exercice ne part de ce fichier : nommez-le dans labs\/refus\/activites\.ts/,
  },
  {
    title: 'a command that runs nothing',
    file: ACTIVITIES,
    make: put(/npm run lab -- refus\/serveur/, 'npm run lab -- refus/srveur'),
    at: 'refus/srveur',
    says: /la commande lance « refus\/srveur », qui n'est ni un rôle/,
  },
  {
    title: 'two exercises with the same id',
    file: ACTIVITIES,
    make: put("id: 'EX-8.6.7-1'", "id: 'EX-8.6.7-0'"),
    says: /l'exercice « EX-8\.6\.7-0 » est déjà dans labs\/refus\/activites\.ts/,
  },
]

describe('a mistake made in a copy of the course', () => {
  let root: string
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'prise-directe-'))
    for (const folder of ['content', 'labs', 'site/components', 'site/figures', 'site/pages']) {
      const filter = (path: string) => !path.includes(join('labs', 'build'))
      await cp(join(ROOT, folder), join(root, folder), { recursive: true, filter })
    }
    assert.deepEqual((await problemsOf(root)).map(sentenceOf), [], 'the copy itself')
  })
  after(() => rm(root, { recursive: true }))

  for (const { title, file, make, at, told = file, says } of MISTAKES) {
    test(title, async () => {
      const path = join(root, file)
      const right = await readFile(path, 'utf8').catch(() => null)
      const wrong = make(right ?? '')
      try {
        await (wrong === null ? rm(path) : writeFile(path, wrong))
        const problems = await problemsOf(root)
        const found = problems.find((problem) => problem.file === told && says.test(problem.message))
        assert.ok(found, `it was told as:\n${problems.map(sentenceOf).join('\n')}`)
        const where = told === file ? (wrong ?? '') : await readFile(join(root, told), 'utf8')
        if (at !== undefined) assert.equal(found.line, lineOf(where, at))
      } finally {
        await (right === null ? rm(path) : writeFile(path, right))
      }
    })
  }
})
