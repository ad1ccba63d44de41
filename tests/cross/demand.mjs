// How many measures traditional MIPS demands, and picking the best of them.

export const isDemanded = (meta) => meta.outcome || meta.highPriority;

function wholeSpecialtySet(rows, found) {
  for (const row of rows) {
    for (const ids of row.sets) {
      if (ids.length < 6 && ids.length === found.size && ids.every((id) => found.has(id))) return ids;
    }
  }
  return null;
}

function touchedClusters(data, found) {
  const union = new Set();
  for (const entry of found.values()) {
    let any = false;
    for (const method of entry.methods) {
      for (const ids of data.clusters.get(`${entry.meta.id}/${method}`)?.clusters ?? []) {
        any = true;
        for (const id of ids) union.add(id);
      }
    }
    if (!any) return null;
  }
  return union;
}

// slot: whether an outcome or high-priority measure is demanded; dropEmpty: whether registry measures
// without any eligible instance are left out.
export function demand(data, found, normal = 6) {
  const full = { required: normal, slot: true, dropEmpty: false };
  if (found.size === 0) return full;
  let demandedSeen = false;
  for (const { meta, methods } of found.values()) {
    if (meta.qcdr) return full;
    for (const m of methods) if (m !== 'claims' && m !== 'registry') return full;
    demandedSeen ||= isDemanded(meta);
  }
  if (found.size >= normal && demandedSeen) return full;
  const rows = [];
  for (const { meta, methods } of found.values()) {
    for (const m of methods) {
      const row = data.clusters.get(`${meta.id}/${m}`);
      if (row !== undefined) rows.push(row);
    }
  }
  const union = touchedClusters(data, found);
  const set = wholeSpecialtySet(rows, found);
  if (union === null && set === null) return full;
  const available = set !== null && (union === null || set.length <= union.size) ? [...set] : [...union];
  const left = available.filter((id) => {
    const entry = found.get(id);
    return !(entry && entry.empty && entry.methods.has('registry'));
  });
  const slot = left.some((id) => {
    const meta = data.measures.get(id);
    return meta !== undefined && isDemanded(meta);
  });
  return { required: Math.min(normal, left.length), slot, dropEmpty: true };
}

// --- Picking ----------------------------------------------------------------------------------

const byPointsDown = (a, b) => (a.points > b.points ? -1 : a.points < b.points ? 1 : 0);

// Where the demanded measure stands in the list; -1 when nothing answers the demand; null when
// there is none, or a suppressed measure answered it.
function demandedIndex(list, slot) {
  if (slot === 'none') return null;
  const outcome = list.findIndex((c) => c.outcome);
  if (outcome >= 0) return outcome;
  if (slot === 'outcomeMet') return null;
  const high = list.findIndex((c) => c.highPriority);
  if (high >= 0) return high;
  return slot === 'highPriorityMet' ? null : -1;
}

// The sum of the points of the best measures. candidates: { points, outcome, highPriority }.
// slot: 'outcome' (the usual demand), 'none', 'outcomeMet' or 'highPriorityMet' (answered by a
// suppressed measure that stands outside the list).
export function pick(candidates, required, slot = 'outcome') {
  const list = [...candidates].sort(byPointsDown);
  const index = demandedIndex(list, slot);
  let free = required;
  let sum = 0n;
  if (free > 0 && index !== null) {
    free -= 1;
    if (index >= 0) sum += list.splice(index, 1)[0].points;
  }
  for (let i = 0; i < free && i < list.length; i++) sum += list[i].points;
  return sum;
}
