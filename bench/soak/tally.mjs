/** The figures of the honest clients since the last report, at their start. */
export const emptyTally = () => ({
  echoes: 0,
  worst: 0,
  slowest: "",
  worstJoin: 0,
  lost: [],
  foreign: 0,
  malformed: 0,
  packets: 0,
  visits: 0,
  samples: [],
  health: 0,
  worstHealth: 0,
});
