import { after } from 'node:test'
import { browserPage } from './in-browser.ts'
import { testScenarios } from './play.ts'

const { page, missing } = await browserPage('firefox')
after(() => page?.[Symbol.asyncDispose]())

testScenarios('firefox', (id, first, others) => page!.play(id, first, others), missing)
