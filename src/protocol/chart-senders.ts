/** Whose message or deed an event of a chart is. */
export type Sender =
  | 'person'
  | 'clock'
  | 'self'
  | 'segment'
  | 'instance'
  | 'node'
  | 'client'
  | 'control'
  | 'application'
  | 'store'
  | 'restored';

type Senders = Readonly<Partial<Record<Sender, string>>>;

/** By machine and by sender, the events that come from there. Held against scripted runs. */
const SENT: Readonly<Record<string, Senders>> = {
  'storage node': {
    person: 'CRASH RESTORE SLOW NORMAL ISOLATE CONNECT LOSE',
    clock: 'DISK_READY BACKGROUND_READY STARTED',
    // What was asked of it while it restarted.
    self: 'SLOW NORMAL ISOLATE CONNECT',
    segment: 'DISK GONE READY',
    control: 'HOST CARRY TAKE_DOWN',
  },
  segment: {
    person: 'CORRUPT',
    clock:
      'APPLY_NEXT GOSSIP_TICK COALESCE BACK_UP COLLECT SCRUB REPAIR_AGAIN COPY_AGAIN PART_DONE RETIRE_AGAIN',
    self: 'CAUGHT_UP COPIED RETIRED',
    node: 'DISK_DONE FOUND HOST_DOWN HOST_UP JOIN LOST',
    segment:
      'GOSSIP GOSSIP_FILL FETCH_BLOCK BLOCK COPY COPY_PART ASK_MEMBERSHIP REFUSED MEMBERSHIP',
    instance: 'WRITE READ_PAGE RECOVERY_READ TRUNCATE POINTS MEMBERSHIP',
    control: 'MEMBERSHIP ERASE',
    store: 'STAGED',
  },
  instance: {
    clock:
      'RUN FLUSH OVERDUE SEND_STREAM PROBE PURGE RESEND READY_AGAIN START_OVER TELL_POINTS ASK_AGAIN_TO_GROW WATCH RECOVERY_AGAIN GRACE_OVER TRUNCATION_DONE COMPLETED OPENED HEARTBEAT_DUE REGISTER_DUE FEEDBACK_DUE STREAM_GAP ATTACH_AGAIN',
    // A run begins with the first heartbeats.
    person: 'CRASH RESTORE HEARTBEAT_DUE',
    segment: 'ACK PAGE READ_REFUSED REFUSED RECOVERY_STATE TRUNCATED ASK_MEMBERSHIP MEMBERSHIP',
    instance: 'ATTACH ATTACHED RESUMED FALLEN_BEHIND STREAM FEEDBACK',
    client: 'QUERY',
    control:
      'ROLE TAKE_OVER ENDPOINT VOLUME_OPENED VOLUME_REFUSED RANGE_RECORDED GEOMETRY MEMBERSHIP',
    application: 'RAW',
  },
  client: {
    person: 'SUBMIT',
    application: 'SUBMIT',
    clock: 'PATIENCE_OVER LOOK_UP',
    self: 'REPLY',
    instance: 'REPLY',
    restored: 'REPLY',
    control: 'ENDPOINT',
  },
  'control plane': {
    clock: 'WATCH ASK_AGAIN GROW_AGAIN ROUND RECONNECTED PATCH_NEXT HOST_MISSED',
    person: 'PROMOTE GROW REPLACE PATCH EXTENDED_LOSS CONTROL_DOWN CONTROL_UP HOST_LOST WATCH',
    segment: 'HOSTED JOINED RECORDED RETIRING',
    node: 'PATCHED',
    instance:
      'REGISTER OPEN_VOLUME RECORD_RANGE VOLUME_READY RESOLVE HEARTBEAT ASK_GEOMETRY SUSPECT ANSWERS',
    client: 'RESOLVE',
  },
  'object store': { person: 'RESTORE_VOLUME', segment: 'STAGE' },
  'restored volume': { clock: 'BUILD', self: 'READY', client: 'QUERY', store: 'RESTORE' },
  application: {
    person: 'BURST READ_ONCE SET_WORKLOAD RAW',
    clock: 'TICK',
    control: 'ENDPOINT',
    instance: 'REPLY',
  },
};

/** Who sends an event to actors of a machine; those named first are told first. */
export function sendersOf(machine: string, event: string): readonly Sender[] {
  const senders = Object.entries(SENT[machine] ?? {}) as readonly (readonly [Sender, string])[];
  return senders
    .filter(([, events]) => events.split(' ').includes(event))
    .map(([sender]) => sender);
}
