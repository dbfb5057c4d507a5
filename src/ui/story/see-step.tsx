import { Play } from 'lucide-react';
import type { StoryPlace } from '../../stories/place.ts';
import { usePage } from '../hooks/page.ts';
import { Button } from '../kit/button.tsx';

interface SeeStepProps {
  readonly place: StoryPlace;
  /** What is seen, for whoever hears one button after another; it begins with what stands on the button. */
  readonly label?: string;
  readonly children: string;
}

/** Opens a step of the story where it begins. */
export function SeeStep({ place, label, children }: SeeStepProps) {
  const { story } = usePage();
  return (
    <Button icon={Play} aria-label={label} onClick={() => void story.open(place)}>
      {children}
    </Button>
  );
}
