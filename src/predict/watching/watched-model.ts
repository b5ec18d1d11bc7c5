import { HoldfastError } from "../../errors.js";
import { fileIdentity } from "../../files/file-identity.js";
import type { Extensions } from "../../model-file/extensions.js";
import type { Table } from "../../table/table.js";
import type { ChurnModel } from "../churn-model.js";
import type { Prediction, PredictOptions } from "../prediction.js";
import type { Row } from "../row-reader.js";

/** How a model file is read. */
export interface LoadOptions extends Extensions {
  /** Whether the model must predict the same for its parity rows as when it was trained. Default false; a watched one always must. */
  readonly parity?: boolean | undefined;
}

/** How a model file is watched. */
export interface WatchOptions extends LoadOptions {
  /** How often the file is checked, in milliseconds. Default 2,000. */
  readonly interval?: number | undefined;
  /** Called with each new model, once it is in use. */
  readonly onReload?: ((model: ChurnModel) => void) | undefined;
  /** Called for each file that was refused, with the reason; the previous model stays. */
  readonly onRefused?: ((error: HoldfastError) => void) | undefined;
}

/** Reads, validates and checks the file; with a signal without holding up this thread, until it is aborted. */
type LoadModel = (signal?: AbortSignal) => Promise<ChurnModel>;

/**
 * The model of a file, exchanged when the file is replaced. A new file is validated as a whole and must reproduce the
 * predictions of its parity rows before it replaces the previous model, between two calls; an invalid one is refused
 * and the old one stays. That is done by a worker thread, so that predictions go on meanwhile.
 */
export class WatchedModel {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  /** Ends the loading of a file that was replaced again. */
  private loading: AbortController | undefined;

  private constructor(
    readonly path: string,
    private model: ChurnModel,
    private seen: string | undefined,
    private readonly load: LoadModel,
    private readonly options: WatchOptions,
  ) {
    // Polled, because file system events get lost on network drives and in containers.
    this.timer = setInterval(() => void this.look(), options.interval ?? 2000);
    this.timer.unref();
  }

  /** @throws HoldfastError when the first file is not valid. */
  static async open(path: string, load: LoadModel, options: WatchOptions): Promise<WatchedModel> {
    const seen = await fileIdentity(path);
    return new WatchedModel(path, await load(), seen, load, options);
  }

  /** The model in use now. Keep it for several steps with the same model. */
  get current(): ChurnModel {
    return this.model;
  }

  /** As `ChurnModel.predict`, by the model in use now. */
  predict(table: Table, options?: PredictOptions): Prediction[] {
    return this.model.predict(table, options);
  }

  /** As `ChurnModel.predictOne`, by the model in use now. */
  predictOne(row: Row, options?: PredictOptions): Prediction {
    return this.model.predictOne(row, options);
  }

  /** As `ChurnModel.predictMany`, all by one model. */
  predictMany(rows: readonly Row[], options?: PredictOptions): Prediction[] {
    return this.model.predictMany(rows, options);
  }

  /** Checks the file now. Resolves when a new one is in use or refused. */
  async look(): Promise<void> {
    if (this.looking !== undefined) await this.endIfReplaced();
    this.looking ??= this.exchange().finally(() => {
      this.looking = undefined;
    });
    await this.looking;
  }

  /** Stops watching; the model stays as it is. */
  close(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.loading?.abort();
  }

  /** A file that takes long to check does not keep the next one waiting. */
  private async endIfReplaced(): Promise<void> {
    const found = await fileIdentity(this.path);
    if (this.loading === undefined || found === this.seen || found === undefined) return;
    this.loading.abort();
    await this.looking;
  }

  private async exchange(): Promise<void> {
    const found = await fileIdentity(this.path);
    // A file that is missing for a moment may be about to be replaced.
    if (found === this.seen || found === undefined) return;
    this.seen = found;
    this.loading = new AbortController();
    const { signal } = this.loading;
    try {
      const model = await this.load(signal);
      if (signal.aborted || this.timer === undefined) return;
      this.model = model;
    } catch (error) {
      if (signal.aborted) return;
      this.options.onRefused?.(error instanceof HoldfastError ? error : unreadable(this.path, error));
      return;
    } finally {
      this.loading = undefined;
    }
    this.options.onReload?.(this.model);
  }
}

/** Whatever error a file causes, the previous model stays in use. */
function unreadable(file: string, error: unknown): HoldfastError {
  const expected = "must be a model that can be read";
  const hint = error instanceof Error ? error.message : String(error);
  return new HoldfastError({ code: "model.unreadable", path: { file }, expected, received: undefined, hint });
}
