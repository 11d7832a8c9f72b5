/**
 * The live path: from a message at an input port to the answer at an output port.
 *
 * <pre>
 * MIDI in ──► InRing ──► Engine ──► Improviser ──► OutRing ──► Player ──► MIDI out
 * (device     (Disruptor) (engine    hears, decides  (Disruptor) (player thread:
 *  thread)                 thread)                                due-time heap)
 *    │                                                               ▲
 *    └──────────── Thru: on the device thread, never waits ──────────┘
 * </pre>
 *
 * <p>Three threads with local state, two rings, messages between them. Nothing on this path allocates, locks, logs or
 * blocks; only a thread with nothing to do parks. {@link antiphon.live.LiveSession} puts it together for real ports,
 * {@link antiphon.live.Rehearsal} for a virtual clock. Every way out goes through a {@link antiphon.live.NoteLedger},
 * so that no note is left hanging.
 */
@NullMarked
package antiphon.live;

import org.jspecify.annotations.NullMarked;
