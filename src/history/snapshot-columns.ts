/** The columns of a snapshot that are not features, by their role. By these names training recognises a table of snapshots. */
export const SNAPSHOT_COLUMNS = { id: "subscriber_id", cutoff: "cutoff", label: "churn" } as const;
