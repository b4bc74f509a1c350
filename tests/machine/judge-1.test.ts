import { playPart } from '../judge/matrix/plays.ts'
import { simulated } from './judge.ts'

playPart(1, 4, simulated)
