/** Objects in one array, or one per line. */
export type JsonLayout = "json" | "ndjson";
