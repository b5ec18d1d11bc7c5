/** Objects in one array, or each on a line by itself. */
export type JsonLayout = "json" | "ndjson";
