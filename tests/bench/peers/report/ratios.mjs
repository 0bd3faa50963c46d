/**
 * How many times better each setting of Worcr is than each peer: the ratio of the medians, turned round for times. The settings with ten slots stand
 * against the peers' settings with ten, the best against the peers' best of all.
 * @returns {{ test: string, value: object, isBest: boolean, contender: object, setting: object, times: Map<object, number> }[]}
 */
export function ratios(rows) {
  return rows.filter((row) => row.contender.isWorcr).map((row) => {
    const isBest = row.setting.isBest === true;
    const others = rows.filter((one) => !one.contender.isWorcr && one.test === row.test && one.value === row.value && (isBest || !one.setting.isBest));
    const times = new Map();
    for (const peer of others) {
      const ratio = row.value.isRate ? row.median / peer.median : peer.median / row.median;
      times.set(peer.contender, Math.min(ratio, times.get(peer.contender) ?? Infinity));
    }
    return { ...row, isBest, times };
  });
}
