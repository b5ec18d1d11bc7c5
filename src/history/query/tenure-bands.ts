/** Upper bounds in completed months; the label counts months begun, so band 1-3 is less than three completed months. */
export const TENURE_BANDS = [
  [3, "1-3"],
  [6, "4-6"],
  [12, "7-12"],
  [24, "13-24"],
  [36, "25-36"],
  [60, "37-60"],
] as const;

/** The band above all others. */
export const LONGEST_TENURE = "60+";
