/** What a column of a data set holds, once it is read: numbers, categories, days, or text such as ids. */
export type DatasetColumnKind = "numeric" | "categorical" | "date" | "text";

/** A column of a data set. */
export interface DatasetColumn {
  readonly name: string;
  readonly kind: DatasetColumnKind;
  /** What it means, where its source says so. */
  readonly meaning?: string;
}

/** One file of a copy of a data set. */
export interface DatasetFile {
  /** The name that it has in a folder. */
  readonly name: string;
  /** SHA-256 of its bytes, in hexadecimal digits; null where the file was not at hand when this list was written. */
  readonly sha256: string | null;
  /** Where it can be downloaded without an account; null where there is no such address. */
  readonly url: string | null;
  /** The file in the zip archive behind `url`, where that is one. */
  readonly inArchive?: string;
}

/** A copy of a data set as it circulates: the same rows may come compressed, or under another name. */
export interface DatasetCopy {
  /** Which copy it is. */
  readonly what: string;
  /** All files that it consists of; the first one holds the rows. */
  readonly files: readonly DatasetFile[];
}

/** Delimited text with a header line. */
export interface DelimitedReading {
  readonly form: "delimited";
  readonly delimiter: "," | "\t";
  /** Texts that mean a missing value, beside those that always do. */
  readonly missing?: readonly string[];
  /** The name of the column whose values are the lines of the second file, which has no header. */
  readonly labelsInSecondFile?: string;
}

/** Columns of fixed width with blanks between them, without a header; their names are those of the schema, in order. */
export interface FixedWidthReading {
  readonly form: "fixed width";
  /** How dates are written. */
  readonly dateFormat: string;
}

/** Several tables of one operator, which `openHistory` reads. */
export interface HistoryReading {
  readonly form: "history";
}

/** How the files of a data set are read. */
export type DatasetReading = DelimitedReading | FixedWidthReading | HistoryReading;

/** The experiment behind a data set for uplift. */
export interface DatasetExperiment {
  /** The column that says who was treated, and how. */
  readonly treatment: string;
  /** Its value for rows that were left alone. */
  readonly control: string;
  /** Columns that were measured afterwards: never features. */
  readonly outcomes: readonly string[];
}

/** A public data set: what it is, where it comes from, how it is read, and what to mind. */
export interface Dataset {
  /** What `loadDataset` takes. */
  readonly name: string;
  readonly title: string;
  /** What it is, in one or two sentences. */
  readonly about: string;
  /** `churn`: one row per customer and a label; `uplift`: an experiment; `purchases`: no contract; `history`: several tables. */
  readonly task: "churn" | "uplift" | "purchases" | "history";
  /** Rows of the table that `loadDataset` returns; of a history, its subscribers. */
  readonly rows: number;
  /** The label column; null where there is none. */
  readonly label: string | null;
  /** The label value that means churned; null without a label. */
  readonly positive: string | null;
  /** How many rows have it; null without a label. */
  readonly positives: number | null;
  /** The id column; null where there is none. */
  readonly id: string | null;
  /** Columns that training must leave out: those that leak the label, and further ids. */
  readonly exclude: readonly string[];
  /** The experiment; null for other data sets. */
  readonly experiment: DatasetExperiment | null;
  readonly columns: readonly DatasetColumn[];
  /** Pages that describe it. */
  readonly sources: readonly string[];
  /** The licence, as stated there. */
  readonly licence: string;
  /** Copies in the order in which they are looked for. */
  readonly copies: readonly DatasetCopy[];
  readonly reading: DatasetReading;
  /** What to mind before trusting a model of it. */
  readonly traps: readonly string[];
  /** Whom to cite. */
  readonly citation: string;
  /** Whether rows, columns and label were measured on a copy, by the tests; otherwise they are what its sources say. */
  readonly isMeasured: boolean;
}
