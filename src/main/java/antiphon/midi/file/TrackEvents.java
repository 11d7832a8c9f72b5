package antiphon.midi.file;

import antiphon.music.Message;
import antiphon.music.MessageBuffer;
import java.util.List;

/**
 * One track as read, before its ticks are times.
 *
 * @param name empty if it has none
 * @param port the MIDI port that its channels belong to, 0 unless the file says otherwise
 * @param messages channel messages, times in ticks, in order
 * @param tempos in order
 * @param metres in order
 * @param endTick of End of Track or the last event, whichever is later
 * @param damage what was wrong, for people; empty if nothing was
 * @param end where in the file its last event ends, or, if the reading {@code stopped}, where the first event begins
 *     that makes no sense
 * @param ended whether there was an End of Track
 * @param stopped whether the bytes made no sense from {@code end} on
 */
record TrackEvents(
        String name,
        int port,
        MessageBuffer messages,
        List<TempoMap.Change> tempos,
        List<MetreChange> metres,
        long endTick,
        String damage,
        int end,
        boolean ended,
        boolean stopped) {

    /** A metre that holds from this tick on: the data of a time signature. */
    record MetreChange(long tick, int beats, int unit, int clocks, int thirtySeconds) {}

    boolean hasNote() {
        for (int i = 0; i < messages.size(); i++) {
            if (Message.isNoteOn(messages.message(i))) {
                return true;
            }
        }
        return false;
    }
}
