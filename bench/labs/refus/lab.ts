/** The lab of section 8.6.7, whose server is here the program that every terminal of the bench runs. */
export { default } from '../../../labs/refus/lab.ts'
