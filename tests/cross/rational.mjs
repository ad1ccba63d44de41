// Exact fractions over BigInt. No operation here ever makes a binary floating-point number.

const POW10 = Array.from({ length: 40 }, (_, i) => 10n ** BigInt(i));

export function pow10(k) {
  return k < POW10.length ? POW10[k] : 10n ** BigInt(k);
}

// n/d to the nearest integer, halves away from zero; d > 0.
export function divRound(n, d) {
  return n >= 0n ? (2n * n + d) / (2n * d) : -((-2n * n + d) / (2n * d));
}

// An integer count of 10^-places units as plain decimal text.
export function unitsText(units, places) {
  const minus = units < 0n;
  let s = (minus ? -units : units).toString();
  if (places > 0) {
    if (s.length <= places) s = '0'.repeat(places + 1 - s.length) + s;
    s = s.slice(0, -places) + '.' + s.slice(-places);
  }
  return minus ? '-' + s : s;
}

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

export class Rational {
  // d must be > 0. Fractions are not reduced: the terms of one score stay small.
  constructor(n, d = 1n) {
    this.n = n;
    this.d = d;
  }

  static of(n, d = 1n) {
    n = BigInt(n);
    d = BigInt(d);
    if (d === 0n) throw new RangeError('denominator is zero');
    return d < 0n ? new Rational(-n, -d) : new Rational(n, d);
  }

  // Reads decimal text. A JSON number goes through its shortest decimal text, which is the text
  // that was in the file for every figure of at most 15 significant digits.
  static parse(x) {
    const m = DECIMAL.exec(String(x).trim());
    if (!m || (m[2] === '' && !m[3])) throw new SyntaxError(`not a decimal: ${x}`);
    const frac = m[3] ?? '';
    let n = BigInt((m[2] || '0') + frac);
    if (m[1] === '-') n = -n;
    const exp = (m[4] ? Number(m[4]) : 0) - frac.length;
    return exp >= 0 ? new Rational(n * pow10(exp), 1n) : new Rational(n, pow10(-exp));
  }

  add(o) {
    return this.d === o.d ? new Rational(this.n + o.n, this.d)
      : new Rational(this.n * o.d + o.n * this.d, this.d * o.d);
  }

  sub(o) {
    return this.d === o.d ? new Rational(this.n - o.n, this.d)
      : new Rational(this.n * o.d - o.n * this.d, this.d * o.d);
  }

  mul(o) {
    return new Rational(this.n * o.n, this.d * o.d);
  }

  div(o) {
    if (o.n === 0n) throw new RangeError('division by zero');
    return o.n > 0n ? new Rational(this.n * o.d, this.d * o.n)
      : new Rational(-this.n * o.d, this.d * -o.n);
  }

  cmp(o) {
    const l = this.n * o.d;
    const r = o.n * this.d;
    return l < r ? -1 : l > r ? 1 : 0;
  }

  static min(a, b) {
    return a.cmp(b) <= 0 ? a : b;
  }

  static max(a, b) {
    return a.cmp(b) >= 0 ? a : b;
  }

  clamp(lo, hi) {
    return Rational.max(lo, Rational.min(hi, this));
  }

  // The nearest integer count of 10^-places units, halves away from zero.
  units(places) {
    return divRound(this.n * pow10(places), this.d);
  }

  rounded(places) {
    return new Rational(this.units(places), pow10(places));
  }

  fixed(places) {
    return unitsText(this.units(places), places);
  }
}

export const ZERO = new Rational(0n);
export const ONE = new Rational(1n);
export const TEN = new Rational(10n);
export const HUNDRED = new Rational(100n);
