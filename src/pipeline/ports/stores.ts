import type { LimitUsageStore, OverflowStore } from "./alert-limits.ts";
import type { AuditStore, Journal } from "./audit.ts";
import type { BreakdownStore } from "./breakdowns.ts";
import type { DeliveryStore } from "./destinations.ts";
import type { AlertGroupStore, IncidentStore, Outbox, RecheckStore } from "./incidents.ts";
import type { NotificationLog } from "./messages.ts";
import type { FailureStore, HealthIssueStore, MemoryGauge, OutageStore } from "./ops.ts";
import type {
  CompanyZoneStore,
  IngestionDelayStore,
  ItemCache,
  ProgressStore,
  QuotaStore,
  SegmentCache,
  SendStore,
  SeriesStore,
} from "./series.ts";
import type {
  AppStore,
  ChangeStore,
  EventStore,
  ExclusionStore,
  MuteStore,
  PermissionStore,
  ProductChangeStore,
  RouteStore,
  WatchStore,
} from "./settings.ts";
import type { SeenStore, SlackConnectionStore } from "./slack.ts";

/** Everything that Tidewatch stores, by subject. */
export interface Stores {
  // Series
  readonly series: SeriesStore;
  readonly progress: ProgressStore;
  readonly ingestionDelays: IngestionDelayStore;
  readonly quotas: QuotaStore;
  readonly segmentCache: SegmentCache;
  readonly itemCache: ItemCache;
  readonly companyZones: CompanyZoneStore;
  readonly sends: SendStore;
  // Settings
  readonly watches: WatchStore;
  readonly mutes: MuteStore;
  readonly events: EventStore;
  readonly productChanges: ProductChangeStore;
  readonly exclusions: ExclusionStore;
  readonly apps: AppStore;
  readonly routes: RouteStore;
  readonly permissions: PermissionStore;
  readonly changes: ChangeStore;
  // Incidents and notifications
  readonly incidents: IncidentStore;
  readonly breakdowns: BreakdownStore;
  readonly alertGroups: AlertGroupStore;
  readonly limitUsages: LimitUsageStore;
  readonly overflows: OverflowStore;
  readonly outbox: Outbox;
  readonly rechecks: RecheckStore;
  readonly deliveries: DeliveryStore;
  readonly notificationLog: NotificationLog;
  // Audit
  readonly journal: Journal;
  readonly audit: AuditStore;
  // Health
  readonly failures: FailureStore;
  readonly healthIssues: HealthIssueStore;
  readonly outage: OutageStore;
  readonly memory: MemoryGauge;
  // Slack
  readonly seen: SeenStore;
  readonly slackConnections: SlackConnectionStore;
}
