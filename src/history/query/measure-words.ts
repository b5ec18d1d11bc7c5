/** Common measures whose column names are no words. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ["data_gb", "mobile data"],
  ["data_mb", "mobile data"],
  ["data", "mobile data"],
  ["sms", "text messages"],
  ["mou", "minutes"],
]);

/** The name of a measure as descriptions say it: `"mobile data"`, `"dropped calls"`. */
export function measureWords(measure: string): string {
  return WORDS.get(measure) ?? measure.replaceAll("_", " ");
}
