/**
 * RTP-MIDI: MIDI over a network, as RFC 6295 has it, in sessions of the AppleMIDI protocol, which Macs, iPads, rtpMIDI on
 * Windows and others speak. {@link antiphon.midi.rtp.RtpBackend} is the back end; the rest is the protocol.
 *
 * <p>Two threads: one receives and keeps the sessions, one sends. Neither throws whatever comes in, and neither waits for a
 * peer. Lost packets are repaired by the recovery journal; nothing is sent again.
 */
@NullMarked
package antiphon.midi.rtp;

import org.jspecify.annotations.NullMarked;
