// Preloaded in every Node program: the probe, when the runner asks for it. A probe that cannot start is an absent one.
if (process.env.PRISE_DIRECTE_SONDE) {
  try {
    require('./main.ts')
  } catch {}
}
