/** Bounds of the buckets in seconds: from a tenth of a millisecond to ten seconds. */
const BOUNDS = [1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const NAME = "holdfast_request_duration_seconds";

interface Times {
  readonly route: string;
  readonly status: string;
  /** By bucket, the last one beyond all bounds. */
  readonly counts: Float64Array;
  sum: number;
}

/**
 * A histogram of the times of requests by route and status, as a metric of `prom-client`, whose own histogram takes several
 * microseconds for each observation.
 */
export class RequestTimes {
  readonly name = NAME;
  readonly help = "Time from request to response";
  private readonly byRoute = new Map<string, Map<number, Times>>();

  observe(route: string, status: number, seconds: number): void {
    let byStatus = this.byRoute.get(route);
    if (byStatus === undefined) {
      byStatus = new Map();
      this.byRoute.set(route, byStatus);
    }
    let times = byStatus.get(status);
    if (times === undefined) {
      times = { route, status: String(status), counts: new Float64Array(BOUNDS.length + 1), sum: 0 };
      byStatus.set(status, times);
    }
    let bucket = 0;
    while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) bucket++;
    times.counts[bucket]++;
    times.sum += seconds;
  }

  /** In the form in which a registry of `prom-client` asks its metrics for their values. */
  async get() {
    const values = [...this.byRoute.values()].flatMap((byStatus) => [...byStatus.values()].flatMap(valuesOf));
    return { name: NAME, help: this.help, type: "histogram", values, aggregator: "sum" };
  }
}

function valuesOf({ route, status, counts, sum }: Times) {
  const labels = { route, status };
  let total = 0;
  const buckets = Array.from(counts, (count, b) => {
    total += count;
    const le = b === BOUNDS.length ? "+Inf" : BOUNDS[b];
    return { metricName: `${NAME}_bucket`, labels: { le, ...labels }, value: total };
  });
  return [
    ...buckets,
    { metricName: `${NAME}_sum`, labels, value: sum },
    { metricName: `${NAME}_count`, labels, value: total },
  ];
}
