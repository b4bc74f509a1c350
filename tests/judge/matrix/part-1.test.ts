import { here } from './here.ts'
import { playPart } from './plays.ts'

playPart(1, 4, here)
