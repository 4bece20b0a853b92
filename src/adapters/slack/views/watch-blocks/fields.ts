/** The actions of the fields of the form of a watch: each is `watch.` and the field. */
export const watchAction = (field: string): string => `watch.${field}`;

/** A field of the form for one line of text. */
export const text = (field: string, value: string | undefined, most: number) =>
  ({
    type: "plain_text_input",
    action_id: watchAction(field),
    max_length: most,
    ...(value && { initial_value: Array.from(value).slice(0, most).join("") }),
  }) as const;

/** A field of the form for a number. */
export const number = (field: string, value: string | undefined, least: string, most?: string) =>
  ({
    type: "number_input",
    action_id: watchAction(field),
    is_decimal_allowed: true,
    min_value: least,
    ...(most && { max_value: most }),
    ...(value && /^\d+(\.\d+)?$/.test(value) && { initial_value: value }),
  }) as const;
