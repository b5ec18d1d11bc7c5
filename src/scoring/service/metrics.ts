import type { Counter, Gauge, Histogram, Registry } from "prom-client";
import { RequestTimes } from "./http/request-times.js";
import type { Answered, ModelShelf } from "./models.js";

type Prometheus = typeof import("prom-client");

const DIFFERENCES = [0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

/** The metrics of a service for Prometheus. */
export class ServiceMetrics {
  private readonly registry: Registry;
  private readonly times = new RequestTimes();
  private readonly scores: Counter<"model" | "tier">;
  /** Rows scored, by model and tier, since the counter was last asked for. */
  private readonly scored = new Map<string, Map<string, number>>();
  private readonly unseen: Counter<"model" | "column">;
  private readonly rejects: Counter<"model">;
  private readonly versions: Gauge<"model" | "version">;
  private readonly differences: Histogram<"model" | "shadow">;
  private readonly tierChanges: Counter<"model" | "shadow">;

  constructor(
    prometheus: Prometheus,
    private readonly shelf: ModelShelf,
  ) {
    const registers = [new prometheus.Registry()];
    const [registry] = registers;
    this.registry = registry;
    prometheus.collectDefaultMetrics({ register: registry });
    registry.registerMetric(this.times as never);
    this.scores = new prometheus.Counter({
      name: "holdfast_scores_total",
      help: "Rows scored, by tier",
      labelNames: ["model", "tier"],
      registers,
      collect: this.addScores.bind(this),
    });
    this.unseen = new prometheus.Counter({
      name: "holdfast_unseen_values_total",
      help: "Values of categories that training never saw, by input",
      labelNames: ["model", "column"],
      registers,
    });
    this.rejects = new prometheus.Counter({
      name: "holdfast_rejected_requests_total",
      help: "Requests with rows that could not be scored",
      labelNames: ["model"],
      registers,
    });
    this.versions = new prometheus.Gauge({
      name: "holdfast_model_info",
      help: "1 for the version of each model that is in use",
      labelNames: ["model", "version"],
      registers,
      collect: () => this.setVersions(),
    });
    this.differences = new prometheus.Histogram({
      name: "holdfast_shadow_difference",
      help: "Distance of the shadow's probability from the model's",
      labelNames: ["model", "shadow"],
      buckets: DIFFERENCES,
      registers,
    });
    this.tierChanges = new prometheus.Counter({
      name: "holdfast_shadow_tier_changes_total",
      help: "Rows that the shadow puts into another tier",
      labelNames: ["model", "shadow"],
      registers,
    });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }

  responded(route: string, status: number, seconds: number): void {
    this.times.observe(route, status, seconds);
  }

  answered({ served, predictions }: Pick<Answered, "served" | "predictions">): void {
    let byTier = this.scored.get(served.name);
    if (byTier === undefined) {
      byTier = new Map();
      this.scored.set(served.name, byTier);
    }
    for (const { tier, details } of predictions) {
      byTier.set(tier, (byTier.get(tier) ?? 0) + 1);
      if (details === undefined || details.unseen.length === 0) continue;
      for (const { column } of details.unseen) this.unseen.inc({ model: served.name, column });
    }
  }

  rejected(model: string): void {
    this.rejects.inc({ model });
  }

  shadowed(model: string, shadow: string, difference: number, isOtherTier: boolean): void {
    this.differences.observe({ model, shadow }, Math.abs(difference));
    if (isOtherTier) this.tierChanges.inc({ model, shadow });
  }

  /** Counted by hand until the counter is asked for, which takes a microsecond for each of its labels. */
  private addScores(): void {
    for (const [model, byTier] of this.scored) {
      for (const [tier, rows] of byTier) this.scores.inc({ model, tier }, rows);
      byTier.clear();
    }
  }

  private setVersions(): void {
    this.versions.reset();
    for (const { name, version } of this.shelf.all()) this.versions.set({ model: name, version }, 1);
  }
}
