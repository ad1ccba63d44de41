// The program that is scored: traditional MIPS, an MVP, the APP or APP Plus.

const APP_PLACES = {
  app1: () => ['001', '134', '236', '321'],
  appPlus: (year) => (year >= 2026 ? ['001', '112', '113', '134', '236', '321'] : ['001', '112', '134', '236', '321']),
};
const FIRST_YEAR = { app1: 2021, appPlus: 2025 };

// kind: 'mips', 'mvp' or 'app'; mvp: its published row; places: the measures of the APP.
export function programOf(data, name = 'mips') {
  if (name === 'mips') return { kind: 'mips', name };
  if (APP_PLACES[name] !== undefined && data.year >= FIRST_YEAR[name]) {
    return { kind: 'app', name, places: APP_PLACES[name](data.year) };
  }
  const mvp = data.mvps.get(name);
  if (mvp === undefined) throw new Error(`no program ${name} in ${data.year}`);
  return { kind: 'mvp', name, mvp };
}

// A Medicare CQM is another collection type of the measure whose number it carries.
export function placeOf(measureId) {
  return measureId.endsWith('SSP') ? measureId.slice(0, -3) : measureId;
}

function isListed(program, meta) {
  return meta.programs === null || meta.programs.has(program.name);
}

// Whether a submitted quality measure is of the program. The survey is asked for as measure 321.
export function hasQualityMeasure(program, level, meta) {
  const id = meta.metricType === 'cahps' ? '321' : meta.id;
  switch (program.kind) {
    case 'mvp':
      return program.mvp.quality.includes(id);
    case 'app':
      return isListed(program, meta) && program.places.includes(placeOf(id)) && !(id === '321' && level === 'individual');
    default:
      return isListed(program, meta);
  }
}

// Whether a claims measure of the APP is of the program.
export function hasClaimsMeasure(program, meta) {
  return isListed(program, meta);
}
