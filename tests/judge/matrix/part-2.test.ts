import { here } from './here.ts'
import { playPart } from './plays.ts'

playPart(2, 4, here)
