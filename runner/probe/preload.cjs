// Preloaded in every Node program: the probe, when the runner asks for it by naming the folder of the labs. One that cannot
// start is an absent one.
if (process.env.PRISE_DIRECTE_SONDE) {
  try {
    require('./main.ts').startProbe(process.env.PRISE_DIRECTE_SONDE)
  } catch {}
}
