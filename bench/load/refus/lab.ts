/** The lab of section 8.6.7, whose programs are here those that send the load of the bench. */
export { default } from '../../../labs/refus/lab.ts'
