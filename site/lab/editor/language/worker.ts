/** The language service, away from the page: fetches what it knows, then answers one question after the other. */
import type { Language } from './protocol.ts'
import { createLanguage, speak } from './service.ts'

/** Where its types and its messages are. */
export interface Begin {
  types: string
  messages: string
}

/** A question: the name of a function of `Language` and what it takes. */
export interface Question {
  id: number
  name: keyof Language
  args: readonly unknown[]
}

export type Answer = { id: number; value: unknown } | { id: number; failed: string }

const { promise: language, resolve, reject } = Promise.withResolvers<Language>()

async function begin({ types, messages }: Begin): Promise<void> {
  try {
    const [files, french] = await Promise.all([types, messages].map(fetchJson))
    speak(french!)
    resolve(createLanguage(files!))
  } catch (error) {
    reject(error)
  }
}

async function fetchJson(address: string): Promise<Record<string, string>> {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`)
  return answer.json()
}

async function answer({ id, name, args }: Question): Promise<Answer> {
  try {
    const ask = (await language)[name] as (...args: readonly unknown[]) => unknown
    return { id, value: ask(...args) }
  } catch (error) {
    return { id, failed: String(error) }
  }
}

addEventListener('message', async ({ data }: MessageEvent<Begin | Question>) => {
  if ('types' in data) await begin(data)
  else postMessage(await answer(data))
})
