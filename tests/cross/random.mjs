// Pseudo-random numbers, the same for the same seed.

let state = 1;

export function seed(number) {
  state = (Number(number) * 2654435761 + 1) >>> 0 || 1;
}

export function below(n) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  state >>>= 0;
  return state % n;
}

export const chance = (percent) => below(100) < percent;
export const between = (a, b) => a + below(b - a + 1);
export const one = (list) => list[below(list.length)];

// units of 10^-places as decimal text
export function decimal(units, places) {
  const s = String(units).padStart(places + 1, '0');
  return `${s.slice(0, -places)}.${s.slice(-places)}`;
}
