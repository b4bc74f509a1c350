import { playPart } from '../judge/matrix/plays.ts'
import { simulated } from './judge.ts'

playPart(2, 2, simulated)
