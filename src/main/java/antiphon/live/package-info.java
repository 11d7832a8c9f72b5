/**
 * The live path: from a message at an input port to the answer at an output port.
 *
 * <pre>
 *            Thru: on the input's own thread, never waits ────────────────────────────┐
 * MIDI in ──► InRing ──► Engine ──► Improviser ──► Sender ──► MIDI out ◄──────────────┘
 * controls    (Disruptor) (engine    hears, plans,  (a port that schedules is handed its messages at once;
 *                │         thread)   decides        others get theirs when due, by a thread behind an OutRing)
 *                └──► Tap ◄──┘       journal, views: may fall behind, never hold up the music
 * </pre>
 *
 * <p>Everything that can change the music goes through the in ring, so a journal of it replays bit for bit. Nothing on
 * the path allocates, locks, logs or blocks; only a thread with nothing to do parks. {@link antiphon.live.LivePath}
 * puts it together in one place; {@link antiphon.live.LiveSession} drives it on real ports,
 * {@link antiphon.live.Rehearsal} on a virtual clock. Every way out goes through a {@link antiphon.live.NoteLedger}, so
 * that no note is left hanging. {@link antiphon.live.Peers} keeps our ports connected, on cold threads; a {@link
 * antiphon.live.LoopGuard} in each Thru keeps out what we sent ourselves.
 */
@NullMarked
package antiphon.live;

import org.jspecify.annotations.NullMarked;
