import type { StoryPlace } from '../slices/story.ts';

/** The step that a text such as `s05.count` names; null for anything else. */
export function storyPlace(text: unknown): StoryPlace | null {
  const [, chapter, step] = /^(s\d\d)\.([a-z0-9-]{1,40})$/.exec(String(text)) ?? [];
  return chapter !== undefined && step !== undefined ? { chapter, step } : null;
}

/** The step that an address names and nothing else: `#ch=s05.count` opens it where it begins. */
export const stepOfAddress = (address: string): StoryPlace | null =>
  storyPlace(/#ch=([^&]*)$/.exec(address)?.[1]);
