/** What bootstrap samples are drawn from; all that decides them. */
export interface BootstrapSample {
  readonly labels: ArrayLike<number>;
  readonly scores: ArrayLike<number>;
  readonly weights?: ArrayLike<number> | undefined;
  readonly groups?: ArrayLike<number> | undefined;
  readonly stratified: boolean;
  readonly drawnShare?: number | undefined;
  readonly seed: number;
  /** Whether samples of rows are drawn as counts of each score and label. */
  readonly byCounts?: boolean | undefined;
}
