// What training runs on the rows of one shard, and on the histograms of all shards. The memory layout behind the
// addresses that these functions receive is drawn in ../shard-layout.ts.
export { binNumbers, sendMissing } from "./bin-columns";
export { addToColumn, binCodes, interleaveColumns } from "./columns";
export { logisticGradients, poissonGradients, squaredErrorGradients } from "./gradients";
export {
  addEight,
  addFive,
  addFour,
  addHistogram,
  addOne,
  addSeven,
  addSix,
  addThree,
  addTwo,
  clear,
  gatherRows,
  histogramOfAll,
  histogramOfRows,
  subtractHistogram,
} from "./histogram";
export { logisticLoss, poissonLoss, squaredErrorLoss } from "./losses";
export {
  addToMargins,
  copyBytesInOrder,
  copyWordsInOrder,
  drawRows,
  largestMargin,
  listRows,
  partition,
} from "./rows";
export { sortNumbers } from "./sort";
export { findSplit } from "./split";
