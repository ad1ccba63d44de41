// The roll-up of an APM entity: a category that the entity did not submit is the mean of its members'.

import { Rational, ZERO } from './rational.mjs';
import { present } from './rates.mjs';

// The greater of a member's percents at the individual and the group level, null without either.
function memberPercent(member, category) {
  let best = null;
  for (const level of [member.individual, member.group]) {
    const text = level?.[category];
    if (!present(text)) continue;
    const percent = Rational.parse(text);
    if (best === null || percent.cmp(best) > 0) best = percent;
  }
  return best;
}

// null where no member is eligible; else { percent, reported }, percent null with everybody excused,
// reported telling whether any member in the mean has a percent.
export function rollUp(members, category) {
  const eligible = (members ?? []).filter((m) => m.eligible !== false);
  if (eligible.length === 0) return null;
  const counted = eligible.filter((m) => !(m.excused ?? []).includes(category));
  if (counted.length === 0) return { percent: null, reported: false };
  const percents = counted.map((m) => memberPercent(m, category));
  const sum = percents.reduce((total, p) => (p === null ? total : total.add(p)), ZERO);
  return {
    percent: new Rational(sum.n, sum.d * BigInt(counted.length)),
    reported: percents.some((p) => p !== null),
  };
}
