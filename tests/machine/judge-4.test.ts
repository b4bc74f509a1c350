import { playPart } from '../judge/matrix/plays.ts'
import { simulated } from './judge.ts'

playPart(4, 4, simulated)
