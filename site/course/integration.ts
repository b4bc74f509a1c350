/**
 * The author's mistakes stop the build before it begins, and show over the page in development, as soon as a file of
 * the course is saved.
 */
import { sep } from 'node:path'
import type { AstroIntegration } from 'astro'
import { problemsOf } from './check.ts'
import { sentenceOf } from './problem.ts'

/** The files whose mistakes are told. */
const WATCHED = ['content', 'labs'].map((folder) => `${process.cwd()}${sep}${folder}${sep}`)

async function mistakes(): Promise<string> {
  return (await problemsOf(process.cwd())).map(sentenceOf).join('\n')
}

export function course(): AstroIntegration {
  return {
    name: 'prise-directe:course',
    hooks: {
      'astro:config:setup': async ({ command }) => {
        const told = command === 'build' ? await mistakes() : ''
        if (told !== '') throw new Error(told)
      },
      'astro:server:setup': async ({ server, logger }) => {
        let last = ''
        const check = async () => {
          const told = await mistakes()
          if (told === last) return
          last = told
          if (told === '') return logger.info('Le cours tient ensemble : rien à corriger.')
          logger.error(told)
          server.environments.client.hot.send({ type: 'error', err: { message: told, stack: '' } })
        }
        server.watcher.on('all', (_event, path) => {
          if (WATCHED.some((folder) => path.startsWith(folder))) void check()
        })
        await check()
      },
    },
  }
}
