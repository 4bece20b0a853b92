/** The most characters and items that Slack documents for Block Kit (docs.slack.dev/reference/block-kit). */
export const limits = {
  text: 3_000,
  blockId: 255,
  actionId: 255,
  header: 150,
  fields: { items: 10, text: 2_000 },
  context: 10,
  actions: 25,
  input: { label: 2_000, hint: 2_000 },
  alert: 200,
  image: { alt: 2_000, url: 3_000 },
  markdown: 12_000,
  button: { text: 75, value: 2_000, url: 3_000, label: 75 },
  confirm: { title: 100, text: 300, button: 30 },
  option: { text: 75, value: 150, description: 75, url: 3_000 },
  placeholder: 150,
  select: 100,
  overflow: 5,
  /** Of check boxes and radio buttons. */
  boxes: 10,
  typed: 3_000,
  chart: { title: 50, series: 12, points: 20, name: 20, axis: 50 },
  view: { blocks: 100, title: 24, metadata: 3_000, id: 255, bytes: 250_000 },
  /** Slack does not document how many characters it takes in all (`msg_blocks_too_long`). */
  message: { blocks: 50, characters: 13_200 },
} as const;
