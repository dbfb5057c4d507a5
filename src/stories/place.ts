/** A step of the story, and the chapter it is of. */
export interface StoryPlace {
  readonly chapter: string;
  readonly step: string;
}

/** The step that a text such as `s05.count` names; null for anything else. Links and settings hold such texts. */
export function readPlace(text: unknown): StoryPlace | null {
  if (typeof text !== 'string') return null;
  const [, chapter, step] = /^(s\d\d)\.([a-z0-9-]{1,40})$/.exec(text) ?? [];
  return chapter !== undefined && step !== undefined ? { chapter, step } : null;
}

/** The text that names a step. */
export const printPlace = ({ chapter, step }: StoryPlace): string => `${chapter}.${step}`;
