/** The mistakes themselves, said by the real compiler where there is one. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { blamed, compilerHint } from './gcc.ts'

const MISTAKES: [string, RegExp][] = [
  ['int f() { int a = 1 return a; }', /point-virgule/],
  ['struct A { int a; } int f();', /« }; »|point-virgule/],
  ['struct A { int a; }; int f(A *p) { return p.a; }', /« -> » au lieu de « \. »/],
  ['struct A { int a; }; int f(A p) { return p->a; }', /« \. » au lieu de « -> »/],
  ['struct A { int couleur; }; int f(A p) { return p.couleurs; }', /« couleur » existe/],
  ['struct A { }; int f(A p) { return p.zzz; }', /« zzz » n’existe pas/],
  ['QTcpSocket *s;', /#include <QTcpSocket>/],
  ['struct A { }; void A::f() { }', /ajoutez-la au fichier \.h/],
  ['int f() { return compteur; }', /« compteur » est inconnu/],
  ['int f() { if (1) {', /accolade/],
  ['int *f(const char *p) { int *q = p; return q; }', /se convertit/],
  ['#include "absent.h"', /« absent\.h » n’existe pas/],
  ['class A { int a; }; int f(A p) { return p.a; }', /privé/],
]

const compiler = spawnSync('g++', ['--version'])

test('each common mistake has its hint', { skip: compiler.status !== 0 && 'g++ est absent' }, () => {
  for (const [source, hint] of MISTAKES) {
    const options = ['-x', 'c++', '-fsyntax-only', '-Wall', '-']
    const { stderr } = spawnSync('g++', options, {
      input: `${source}\n`,
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    })
    const hints = String(stderr)
      .split('\n')
      .map(compilerHint)
      .filter((said) => said !== null)
    assert.ok(
      hints.some((said) => hint.test(said)),
      `${source}\n${stderr}\n${hints.join('\n')}`,
    )
  }
})

test('what is no mistake has none', () => {
  assert.equal(compilerHint('[ 50%] Building CXX object'), null)
})

test('the errors of a file are told from those of the others, each once', () => {
  const output = [
    'Compilation de refus/exercices/poli… 3 sur 7',
    '/home/a/travail/refus/exercices/qt/poli/main.cpp: In function ‘int main(int, char**)’:',
    '/home/a/travail/refus/exercices/qt/poli/main.cpp:40:18: error: ‘class QTcpServer’ has no member named ‘lisen’; did you mean ‘listen’?',
    '   40 |     if (!serveur.lisen(QHostAddress::AnyIPv4, options.port())) {',
    '/home/a/travail/refus/exercices/qt/poli/main.cpp:40:18: error: ‘class QTcpServer’ has no member named ‘lisen’; did you mean ‘listen’?',
    '/home/a/travail/refus/exercices/qt/poli/main.cpp:12:3: warning: unused variable ‘a’',
    '/home/a/labs/commun/qt/Options.h:9:1: error: expected ‘;’ before ‘}’ token',
  ]
  const found = blamed(output.join('\r\n'), 'refus/exercices/qt/poli/main.cpp')
  assert.deepEqual(found, [
    {
      line: 40,
      said: '‘class QTcpServer’ has no member named ‘lisen’; did you mean ‘listen’?',
      hint: '« lisen » n’existe pas ; « listen » existe.',
    },
  ])
})
