import { invalidArgument } from "../../errors.js";
import { didYouMean } from "../../nearest-name.js";
import { ChurnModel } from "../../predict/churn-model.js";
import type { Prediction, PredictOptions } from "../../predict/prediction.js";
import type { Row } from "../../predict/row-reader.js";
import type { WatchedModel } from "../../predict/watching/watched-model.js";
import type { ModelResponse } from "./api/contract.js";
import { ServiceError } from "./failures.js";

/** Models by name. */
export type ServedModels = Readonly<Record<string, ChurnModel | WatchedModel>>;

/** The current version of a model. */
export interface ServedModel {
  readonly name: string;
  /** The first twelve digits of the SHA-256 of its content. */
  readonly version: string;
  readonly model: ChurnModel;
}

/** The models of a service. */
export class ModelShelf {
  readonly names: readonly string[];

  /** @throws HoldfastError for no models, and for a default or a shadow that is not one of them. */
  constructor(
    private readonly models: ServedModels,
    readonly defaultName: string,
    readonly shadowName: string | undefined,
  ) {
    this.names = Object.keys(models);
    if (this.names.length === 0) invalidArgument("createServer", "models", "must hold a model", {});
    const known = `must be one of ${this.names.join(", ")}`;
    if (!this.names.includes(defaultName)) {
      invalidArgument("createServer", "default", known, defaultName, this.nearest(defaultName));
    }
    if (shadowName !== undefined && (!this.names.includes(shadowName) || shadowName === defaultName)) {
      const hint = this.nearest(shadowName);
      invalidArgument("createServer", "shadow", `${known} and not the default`, shadowName, hint);
    }
  }

  /** The model of that name, by default the default one; undefined where there is none. */
  find(name: string = this.defaultName): ServedModel | undefined {
    if (!Object.hasOwn(this.models, name)) return undefined;
    const held = this.models[name];
    const model = held instanceof ChurnModel ? held : held.current;
    return { name, model, version: model.scorer.contentHash.slice(0, 12) };
  }

  /** @throws ServiceError 404. */
  findOrFail(name?: string): ServedModel {
    const served = this.find(name);
    if (served !== undefined) return served;
    throw new ServiceError(
      404,
      "request.unknown",
      `there is no such model; there are ${this.names.join(", ")}`,
    );
  }

  all(): readonly ServedModel[] {
    return this.names.flatMap((name) => this.find(name) ?? []);
  }

  /** The name that was probably meant, as a hint. */
  private nearest(name: unknown): string | undefined {
    const others = this.names.filter((each) => each !== name);
    return typeof name === "string" ? didYouMean(name, others) : undefined;
  }

  /** The shadow, for requests to the default. */
  shadowOf(name: string): ServedModel | undefined {
    return this.shadowName === undefined || name !== this.defaultName
      ? undefined
      : this.find(this.shadowName);
  }

  /** The answer of `GET /v1/model` for a model. */
  describe({ name, version, model }: ServedModel): ModelResponse {
    const { training, label } = model;
    const { rocAuc, logLoss, expectedCalibrationError } = training.evaluation.metrics;
    return {
      model: name,
      version,
      isDefault: name === this.defaultName,
      holdfast: model.scorer.content.holdfast,
      id: model.id,
      value: model.value,
      inputs: model.inputs.map((input) => ({
        name: input.name,
        kind: input.kind,
        missingSeen: input.missingSeen,
        ...(input.kind === "categorical" ? { levels: [...input.levels] } : {}),
      })),
      tiers: model.tiers.map(({ name: tier, from, by }) => ({ name: tier, from, by: by ?? "probability" })),
      card: {
        label: { column: label.column, churned: label.positive, stayed: label.negative },
        rows: training.rows,
        churnRate: training.churnRate,
        classifier: training.leaderboard.find(({ chosen }) => chosen)?.name ?? "",
        calibration: training.calibration.method,
        rocAuc,
        logLoss,
        expectedCalibrationError,
        dataFingerprint: training.dataFingerprint,
      },
    };
  }
}

/** The predictions of a request, with its rows and the model. */
export interface Answered {
  readonly served: ServedModel;
  readonly rows: readonly Row[];
  readonly predictions: readonly Prediction[];
  readonly options: PredictOptions;
}
