package antiphon.midi.file;

import antiphon.music.MessageBuffer;
import java.util.List;

/**
 * One track as read, before its ticks are times.
 *
 * @param name empty if it has none
 * @param port the MIDI port that its channels belong to, 0 unless the file says otherwise
 * @param messages channel messages, times in ticks, in order
 * @param tempos in order
 * @param endTick of End of Track or the last event, whichever is later
 * @param damage what made us stop early, for people; empty if nothing did
 */
record TrackEvents(
        String name, int port, MessageBuffer messages, List<TempoMap.Change> tempos, long endTick, String damage) {}
