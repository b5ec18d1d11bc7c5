import type { TableText } from "../../printing/text-table.js";
import type { MetricInterval } from "../bootstrap/bootstrap-options.js";
import type { MetricDefinition } from "../metric.js";
import { METRIC_NAMES, metricLabel } from "../metrics.js";
import { leadsWithInterval, metricParts } from "./shown-metric.js";

/** What is shown of an evaluation's metrics. */
interface MeasuredMetrics {
  readonly metrics: Readonly<Record<string, MetricInterval | null>>;
  readonly positives: number;
  readonly level: number;
}

/**
 * The metrics with their bootstrap intervals, which come first where there are few churners; the caller's own metrics
 * last; metrics without a value are left out.
 * @param own the caller's own metrics, for their labels; without its definition a metric's name is its label.
 */
export function metricsTable(
  { metrics, positives, level }: MeasuredMetrics,
  own: readonly MetricDefinition[] = [],
): TableText {
  const interval = `${Math.round(level * 100)}% interval`;
  const names = [...new Set([...METRIC_NAMES, ...Object.keys(metrics)])];
  return {
    head: ["metric", ...(leadsWithInterval(positives) ? [interval, "value"] : ["value", interval])],
    rows: names.flatMap((name) => {
      const metric = metrics[name] ?? null;
      return metric === null ? [] : [[metricLabel(name, own), ...metricParts(metric, positives)]];
    }),
  };
}
