/** The help of an option that several commands have. */
export const NO_PARITY = "do not check that the model predicts its parity rows as it did when it was trained";
