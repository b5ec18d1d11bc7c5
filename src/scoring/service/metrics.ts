import type { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Answered, ModelShelf } from "./models.js";

type Prometheus = typeof import("prom-client");

/** Bounds of the latency buckets in seconds: from a tenth of a millisecond to ten seconds. */
const LATENCIES = [1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const DIFFERENCES = [0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

/** The metrics of a service for Prometheus. */
export class ServiceMetrics {
  private readonly registry: Registry;
  private readonly latency: Histogram<"route" | "status">;
  private readonly scores: Counter<"model" | "tier">;
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
    this.latency = new prometheus.Histogram({
      name: "holdfast_request_duration_seconds",
      help: "Time from request to response",
      labelNames: ["route", "status"],
      buckets: LATENCIES,
      registers,
    });
    this.scores = new prometheus.Counter({
      name: "holdfast_scores_total",
      help: "Rows scored, by tier",
      labelNames: ["model", "tier"],
      registers,
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
    this.latency.observe({ route, status: String(status) }, seconds);
  }

  answered({ served, predictions }: Pick<Answered, "served" | "predictions">): void {
    for (const { tier, details } of predictions) {
      this.scores.inc({ model: served.name, tier });
      for (const { column } of details?.unseen ?? []) this.unseen.inc({ model: served.name, column });
    }
  }

  rejected(model: string): void {
    this.rejects.inc({ model });
  }

  shadowed(model: string, shadow: string, difference: number, isOtherTier: boolean): void {
    this.differences.observe({ model, shadow }, Math.abs(difference));
    if (isOtherTier) this.tierChanges.inc({ model, shadow });
  }

  private setVersions(): void {
    this.versions.reset();
    for (const { name, version } of this.shelf.all()) this.versions.set({ model: name, version }, 1);
  }
}
