import { readPlace, type StoryPlace } from '../../stories/place.ts';

/** The step that an address names and nothing else: `#ch=s05.count` opens it where it begins. */
export const stepOfAddress = (address: string): StoryPlace | null =>
  readPlace(/#ch=([^&]*)$/.exec(address)?.[1]);
