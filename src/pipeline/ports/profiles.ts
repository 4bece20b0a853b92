import type { SeriesProfile } from "../../detector/detector.ts";

/** Returns the profile of a series: its unit, zone, holidays, planned events and sends. */
export type ProfileOf = (seriesId: string) => SeriesProfile;

/** Reads the present profiles; one read serves a whole job. */
export type Profiles = () => Promise<ProfileOf>;
