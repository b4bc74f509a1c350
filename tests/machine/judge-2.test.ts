import { playPart } from '../judge/matrix/plays.ts'
import { simulated } from './judge.ts'

playPart(2, 4, simulated)
