import { decimal, range } from "../../printing/numbers.js";
import type { MetricInterval } from "../bootstrap/bootstrap-options.js";

/** With fewer churners than this a metric is shown by its interval first: its value alone says little. */
const FEW_CHURNERS = 100;

/** Whether intervals come before values where the metrics of so many churners are shown. */
export function leadsWithInterval(churners: number): boolean {
  return churners < FEW_CHURNERS;
}

/** A metric in two texts, the one to read first before the other: `0.7506`, `0.7310–0.7801` or `0.731 to 0.780`, `0.7506`. */
export function metricParts(
  metric: MetricInterval,
  churners: number,
  show: (value: number) => string = decimal,
): readonly [first: string, second: string] {
  if (!leadsWithInterval(churners)) return [show(metric.value), range(metric, show)];
  return [`${decimal(metric.low, 3)} to ${decimal(metric.high, 3)}`, show(metric.value)];
}

/** The same in one text: `0.7506 (0.7310–0.7801)`, or with few churners `0.731 to 0.780 (0.7506)`. */
export function metricText(
  metric: MetricInterval,
  churners: number,
  show: (value: number) => string = decimal,
): string {
  const [first, second] = metricParts(metric, churners, show);
  return `${first} (${second})`;
}
