import type { SeriesProfile } from "../../detector/detector.ts";

/** What is special about a series: its unit, zone, holidays and what is planned for it. */
export type ProfileOf = (seriesId: string) => SeriesProfile;

/** Tells the profiles as they are set at this moment; one reading serves a whole job. */
export type Profiles = () => Promise<ProfileOf>;
