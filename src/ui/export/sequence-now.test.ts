import { describe, expect, it } from 'vitest';
import { millis } from '../../engine/time.ts';
import { testApp } from '../../store/app.testkit.ts';
import { sequenceNow } from './sequence-now.ts';

const LINK = 'https://example.test/#v1';

async function desk() {
  const { app, api } = await testApp();
  await api.seek(millis(12));
  const { player, store } = app;
  return { player, store, drawn: () => sequenceNow({ player, store, link: LINK }) };
}

describe('the sequence diagram at hand', () => {
  it('is of the last milliseconds, and says how to have another', async () => {
    const { says, name, text } = (await desk()).drawn();
    expect(says).toMatch(/^Everything from .*7.* to .*12.*\. Follow a write, or select/);
    expect(name).toBe('sequence');
    expect(text).toContain('%% From 7.000ms to 12.000ms');
    expect(text).toContain(`%% ${LINK}`);
  });

  it('is of the loop where there is one', async () => {
    const { player, drawn } = await desk();
    player.setLoop({ fromUs: millis(2), toUs: millis(4) });
    expect(drawn().text).toContain('%% From 2.000ms to 4.000ms');
  });

  it('is of the transaction that is selected, or followed', async () => {
    const { store, drawn } = await desk();
    store.getState().select({ kind: 'transaction', id: '9' });
    expect(drawn()).toMatchObject({ name: 'transaction 9' });
    store.getState().follow(10);
    expect(drawn().says).toBe('Transaction 10, as far as it has come by now.');
    expect(drawn().text).toContain('committed transaction 10 at 1006');
  });

  it('says when nothing is kept of it', async () => {
    const { store, drawn } = await desk();
    store.getState().follow(999_999);
    expect(drawn().says).toMatch(/^Transaction 999999 wrote nothing .*\. Everything from /);
  });
});
