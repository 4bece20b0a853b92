import type { Listen } from "../desk.ts";
import { listenToCommand } from "./command.ts";
import { listenToUndo } from "./undo.ts";

/** Everything that Slack is listened to for: one file a kind of request, each registered here. */
export const listeners: readonly Listen[] = [listenToCommand, listenToUndo];
