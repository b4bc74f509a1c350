/** What every page of the course does, in one script: each file asked for costs a round trip to a telephone. */
import './search/element.ts'
import './theme.ts'
import './progress/sidebar.ts'
import './progress/section.ts'
import './presentation.ts'
import { loadStyle } from './load-style.ts'
import italics from './styles/italics.css?url'

// Slanted until they are there, which nobody waits for.
addEventListener('load', () => void loadStyle(italics).catch(() => {}))
