/** Prints all that a terminal must not obey or answer twice, then everything it is sent, once its last query is answered. */
const QUERIES = ['\x1b[c', '\x1b[>c', '\x1b[6n', '\x1b]10;?\x07', '\x1b[5n']

process.stdin.setRawMode(true)
process.stdout.write(
  [
    '\x1b]0;titre pirate\x07\x1b]2;titre pirate\x07',
    `\x1b]52;c;${Buffer.from('presse-papiers pirate').toString('base64')}\x07`,
    '\x1b]8;;javascript:document.title="lien pirate"\x07LIEN-PIEGE\x1b]8;;\x07\r\n',
    '<img src=x onerror="document.title=1">\r\n',
    ...QUERIES,
    'Serveur lancé sur le port : 1\r\n',
  ].join(''),
)

let typed = ''
process.stdin.on('data', (bytes: Buffer) => {
  typed += bytes.toString('latin1')
  if (typed.includes('\x1b[0n')) process.stdout.write(`[${JSON.stringify(typed)}]\r\n`)
})
