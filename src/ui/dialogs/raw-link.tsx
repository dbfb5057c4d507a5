import { useApp } from '../hooks/page.ts';
import { CopyField } from './copy-field.tsx';
import { Dialog } from './dialog.tsx';

/** A link that could not be opened, as it came. */
export function RawLink() {
  const problem = useApp((state) => state.linkProblem);
  return (
    <Dialog title="What the link says">
      <p>{problem?.sentence}</p>
      <CopyField label="Link" value={problem?.raw ?? ''} />
    </Dialog>
  );
}
