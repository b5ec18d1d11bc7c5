/** Twenty rows with ties (at 0.5, 0.2 and 0.1) whose metrics are known. */
export const labels = [1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
export const scores = [
  0.95, 0.9, 0.8, 0.7, 0.65, 0.6, 0.5, 0.5, 0.45, 0.4, 0.35, 0.3, 0.25, 0.2, 0.2, 0.15, 0.1, 0.1, 0.05, 0.02,
];
