import { playPart } from '../judge/matrix/plays.ts'
import { simulated } from './judge.ts'

playPart(3, 4, simulated)
