/** Two subscribers without any problem. */
export const SOUND = [
  { subscriber_id: "a", activated_on: "2024-01-01" },
  { subscriber_id: "b", activated_on: "2024-01-01" },
];

/** 2024-01-01 as a day: (date(2024, 1, 1) - date(1970, 1, 1)).days in Python. */
export const NEW_YEAR = 19723;
/** 2024-01 as a month: (2024 - 1970) * 12. */
export const JANUARY = 648;
