import { here } from './here.ts'
import { playPart } from './plays.ts'

playPart(3, 4, here)
