/** Runs on every page, as early as a module can. */
import { takeToken } from './token.ts'

takeToken()
