// Preloaded in every program: Node writes its compile cache at a normal exit only, and most labs end by Ctrl+C.
const { flushCompileCache } = require('node:module')

/** After the first output, so that the learner never waits for it, in ms. */
const AFTER_START = 300

if (flushCompileCache) setTimeout(flushCompileCache, AFTER_START).unref()
