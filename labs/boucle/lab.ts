import { defineLab } from '../lab.ts'

export default defineLab({
  title: "Le cœur qui s'arrête",
  section: '8.5',
  goal: "Voir qu'un slot trop long fige tout le programme, et comment lui rendre son souffle.",
  systems:
    'Le gel est le même partout. La précision des minuteurs change : de 1 ms sous Linux et macOS à une quinzaine de ms sous Windows.',
  parameters: {
    port: { kind: 'port', label: 'Port', default: 12345 },
    calcul: { kind: 'integer', label: 'Durée du calcul', default: 1000, min: 0, max: 5000, unit: 'ms' },
    tranches: { kind: 'flag', label: 'Calcul en tranches', default: false },
    hote: { kind: 'host', label: 'Destinataire', default: '127.0.0.1' },
  },
  roles: [
    {
      id: 'horloge',
      title: 'Horloge',
      program: 'horloge',
      variants: ['ts', 'node', 'qt'],
      parameters: ['port', 'calcul', 'tranches'],
      ready: /prête, port : (?<port>\d+)\s/,
      opens: { port: 'port', over: 'udp' },
    },
    {
      id: 'emetteur',
      title: 'Émetteur',
      program: 'emetteur',
      variants: ['ts', 'node', 'qt'],
      parameters: ['hote', 'port'],
      takes: { port: 'horloge.port' },
    },
  ],
  scenario: [
    {
      role: 'horloge',
      action: 'start',
      order: true,
      parameters: { port: 0 },
      expect: { output: /TIC 3\s/ },
      say: "L'horloge bat : un TIC toutes les 100 ms.",
    },
    {
      role: 'emetteur',
      action: 'start',
      expect: { output: /Émetteur prêt/ },
      say: "L'émetteur est prêt. Chaque message déclenche, chez l'horloge, un calcul d'une seconde.",
    },
    {
      role: 'emetteur',
      action: 'type',
      text: 'compte',
      expect: {
        role: 'horloge',
        output: /Calcul commencé\s+Calcul terminé[\s\S]*en retard de/,
        event: { kind: 'receive' },
      },
      say: 'Pas un TIC entre le début et la fin du calcul : le slot occupe le seul fil du programme.',
      predict: {
        question: 'Le slot calcule pendant une seconde. Que deviennent les TIC ?',
        options: [
          {
            text: 'Ils continuent, le slot tourne à côté',
            because: "Slots et minuteurs partagent le même fil : l'un attend l'autre.",
          },
          {
            text: "Ils s'arrêtent, puis reprennent",
            right: true,
            because: "La boucle d'événements ne tourne plus tant que le slot n'est pas revenu.",
          },
          {
            text: 'Dix TIC sont rattrapés à la fin',
            because: 'Les échéances manquées se confondent : un seul TIC en retard, pas dix.',
          },
        ],
      },
    },
    {
      role: 'horloge',
      action: 'stop',
      say: "L'horloge s'arrête, le temps de changer sa façon de calculer.",
    },
    {
      role: 'horloge',
      action: 'start',
      parameters: { tranches: true },
      expect: { output: /TIC 3\s/ },
      say: 'Elle reprend le même port, avec le calcul coupé en tranches de 10 ms, un minuteur de 0 ms entre deux.',
    },
    {
      role: 'emetteur',
      action: 'type',
      text: 'compte encore',
      expect: { role: 'horloge', output: /Calcul commencé[\s\S]*TIC \d+\s[\s\S]*Calcul terminé/ },
      say: "Les TIC s'intercalent : à chaque tranche, la boucle reprend la main.",
      predict: {
        question: 'Même calcul, en tranches de 10 ms. Que deviennent les TIC ?',
        options: [
          {
            text: 'Ils continuent pendant le calcul',
            right: true,
            because: 'Entre deux tranches, la boucle sert ce qui attend : TIC et datagrammes.',
          },
          {
            text: "Ils s'arrêtent encore une seconde",
            because: "Aucune tranche ne dépasse 10 ms : l'horloge ne s'en aperçoit pas.",
          },
          {
            text: 'Le calcul ne finit jamais',
            because: 'Il finit un peu plus tard, chaque tranche laissant passer les autres.',
          },
        ],
      },
    },
  ],
})
