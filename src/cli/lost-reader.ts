let whatIsLost: string | undefined;

/** From now on it is an error when the reader of standard output ends, as of a service whose log somebody must read. */
export function needReader(what: string): void {
  whatIsLost = what;
}

/** Ends the process when the reader of standard output has ended. */
export function endWithoutReader(): never {
  if (whatIsLost === undefined) process.exit(0);
  console.error(`holdfast: standard output: ${whatIsLost} has no reader any more`);
  process.exit(1);
}
