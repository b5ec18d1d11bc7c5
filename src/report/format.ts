export { decimal, percent, range, whole } from "../printing/numbers.js";
