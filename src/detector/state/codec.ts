import type { SeriesProfile } from "./profile.ts";
import { type DetectorState, newState } from "./state.ts";

/** Raised when what is learned, or how, changes: states of another version are learned again. */
const VERSION = 10;

const scalars = [
  "feedback",
  "last",
  "begun",
  "knownBuckets",
  "unchangedBuckets",
  "lastCount",
  "coverage",
  "level",
  "variance",
  "outlierAt",
  "outlierSince",
  "outlierMeanZ",
  "recoveredAt",
  "innovationVariance",
  "usualVolume",
  "zeroRunLength",
  "zeroRunCost",
  "costliestZeroRun",
  "dropMaximum",
  "spikeMaximum",
] as const satisfies (keyof DetectorState)[];

const arrays = [
  "seasonal",
  "seasonCount",
  "seasonVariance",
  "hourVariance",
  "hourCount",
  "z",
  "innovation",
  "observed",
  "expected",
  "autocovariance",
  "arWeights",
  "tails",
  "tailScales",
  "dropMaxima",
  "spikeMaxima",
] as const satisfies (keyof DetectorState)[];

/** Version, checksum of all that follows, length of the profile. */
const HEADER = 8;
const CHECKED = 6;

/** Packs a state for the store: version, checksum, profile, numbers; little-endian as every machine Node runs on. */
export function encodeState(state: DetectorState): Uint8Array {
  const { events: _, ...kept } = state.profile;
  const profile = new TextEncoder().encode(JSON.stringify(kept));
  const numbers = HEADER + profile.length;
  const size = arrays.reduce((sum, name) => sum + state[name].byteLength, numbers + 8 * scalars.length);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, VERSION, true);
  view.setUint16(CHECKED, profile.length, true);
  bytes.set(profile, HEADER);
  for (const [i, name] of scalars.entries()) view.setFloat64(numbers + 8 * i, state[name], true);
  let offset = numbers + 8 * scalars.length;
  for (const name of arrays) {
    const { buffer, byteOffset, byteLength } = state[name];
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    offset += byteLength;
  }
  view.setUint32(2, checksum(bytes.subarray(CHECKED)), true);
  return bytes;
}

/** Unpacks a state; undefined when it was packed by another version, or is damaged, and has to be learned again. */
export function decodeState(bytes: Uint8Array): DetectorState | undefined {
  if (bytes.length < HEADER) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint16(0, true) !== VERSION) return undefined;
  if (view.getUint32(2, true) !== checksum(bytes.subarray(CHECKED))) return undefined;
  const numbers = HEADER + view.getUint16(CHECKED, true);
  const state = newState(
    JSON.parse(new TextDecoder().decode(bytes.subarray(HEADER, numbers))) as SeriesProfile,
  );
  for (const [i, name] of scalars.entries()) state[name] = view.getFloat64(numbers + 8 * i, true);
  let offset = numbers + 8 * scalars.length;
  for (const name of arrays) {
    const { buffer, byteOffset, byteLength } = state[name];
    if (offset + byteLength > bytes.length) return undefined;
    new Uint8Array(buffer, byteOffset, byteLength).set(bytes.subarray(offset, offset + byteLength));
    offset += byteLength;
  }
  return state;
}

/** FNV-1a: damaged numbers are still numbers, and would score by nonsense without a word. */
function checksum(bytes: Uint8Array): number {
  let sum = 0x811c9dc5;
  for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193);
  return sum >>> 0;
}
