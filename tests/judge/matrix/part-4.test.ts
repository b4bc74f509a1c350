import { here } from './here.ts'
import { playPart } from './plays.ts'

playPart(4, 4, here)
