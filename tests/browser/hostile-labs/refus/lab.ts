/** The lab of section 8.6.7, whose server is hostile here. */
export { default } from '../../../../labs/refus/lab.ts'
