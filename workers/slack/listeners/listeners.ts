import type { Listen } from "../context.ts";
import { listenToAlerts } from "./alerts.ts";
import { listenToCommand } from "./command.ts";
import { listenToFirstContact } from "./first-contact.ts";
import { listenToHome } from "./home.ts";
import { listenToImport } from "./import.ts";
import { listenToShortcuts } from "./shortcuts.ts";
import { listenToSmallForms } from "./small-forms.ts";
import { listenToSuggestForm } from "./suggest.ts";
import { listenToThreads } from "./thread.ts";
import { listenToUndo } from "./undo.ts";
import { listenToWatchForm } from "./watch-form.ts";

/** All listeners: one file per kind of request, each registered here. */
export const listeners: readonly Listen[] = [
  listenToCommand,
  listenToFirstContact,
  listenToThreads,
  listenToShortcuts,
  listenToUndo,
  listenToImport,
  listenToAlerts,
  listenToHome,
  listenToWatchForm,
  listenToSuggestForm,
  listenToSmallForms,
];
