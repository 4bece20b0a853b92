/** A file of the simulated workspace, from the moment somebody asks where to put it. */
export interface SlackFile {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  readonly alt?: string;
  readonly bytes?: Uint8Array;
  readonly title?: string;
  readonly isComplete?: boolean;
  readonly isDeleted?: boolean;
}

/** A message that shows a file. */
export interface FileShare {
  readonly channel: string;
  readonly ts: string;
}

/** What the simulated workspace does with files. */
export interface FileSwitches {
  /** How often `files.info` is asked before a file is ready: Slack goes on working on one after it said yes. */
  readonly looks: number;
  /** Whether messages may hold charts that Slack draws, which it lets in workspace by workspace. */
  readonly takesCharts: boolean;
  /** Whether an edit shows a file that no message has shown before: Slack says yes to it, and shows nothing. */
  readonly editsShowNewFiles: boolean;
}

/** The files of a workspace; all private, for messages to name. */
export function createFiles() {
  const files = new Map<string, SlackFile>();
  const looks = new Map<string, number>();
  const shared = new Map<string, FileShare[]>();
  const hidden = new Set<string>();
  let switches: FileSwitches = { looks: 1, takesCharts: true, editsShowNewFiles: false };

  const isReady = (id: string): boolean =>
    files.get(id)?.isComplete === true && !files.get(id)?.isDeleted && (looks.get(id) ?? 0) > switches.looks;

  return {
    switch(change: Partial<FileSwitches>): void {
      switches = { ...switches, ...change };
    },
    takesCharts: () => switches.takesCharts,
    begin(file: Omit<SlackFile, "id">): SlackFile {
      const begun = { ...file, id: `F0SIMULATED${files.size + 1}` };
      files.set(begun.id, begun);
      return begun;
    },
    change(id: string, change: Partial<SlackFile>): SlackFile | undefined {
      const file = files.get(id);
      if (file) files.set(id, { ...file, ...change });
      return files.get(id);
    },
    file: (id: string): SlackFile | undefined => files.get(id),
    /** Somebody asks for it; each look brings it nearer to being ready. */
    look(id: string): boolean {
      looks.set(id, (looks.get(id) ?? 0) + 1);
      return isReady(id);
    },
    isReady,
    /** A message names files: they are shown from then on. */
    share(ids: readonly string[], share: FileShare, isEdit = false): void {
      for (const id of ids) {
        if (isEdit && !switches.editsShowNewFiles && !shared.has(id)) hidden.add(id);
        else shared.set(id, [...(shared.get(id) ?? []), share]);
      }
    },
    /** The messages that show a file. */
    shares: (id: string): readonly FileShare[] => shared.get(id) ?? [],
    /** Whether a file that a message names is shown there. */
    isShown: (id: string): boolean => !files.get(id)?.isDeleted && (shared.has(id) || !hidden.has(id)),
    /** Those that were completed and not deleted. */
    kept: (): string[] =>
      [...files.values()].filter(({ isComplete, isDeleted }) => isComplete && !isDeleted).map(({ id }) => id),
  };
}
