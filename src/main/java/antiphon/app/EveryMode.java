package antiphon.app;

import antiphon.improv.Mode;
import antiphon.judge.PieceRollPicture;
import antiphon.live.Rehearsal;
import antiphon.midi.file.MidiFile;
import antiphon.midi.file.MidiFileWriter;
import antiphon.midi.file.Timeline;
import antiphon.music.Performance;
import antiphon.music.TimedMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Plays one file to the improviser in every mode that plays, and writes all that into a folder. */
final class EveryMode {
    private static final List<Mode> MODES =
            List.of(Mode.CALL, Mode.CONTINUE, Mode.TRADE, Mode.DUET, Mode.HARMONY, Mode.FOLLOW);

    private EveryMode() {}

    /**
     * Writes MODE.mid and MODE.wav for each, and modes.png with a piano roll of each.
     *
     * @param performer makes one for a mode
     * @param tracks what was heard and an answer to it
     * @param folder made if it is not there
     * @param maxNanos how long each goes on after the human's last note
     */
    static void write(
            Path folder,
            MidiFile file,
            Function<Mode, Performer> performer,
            Function<TimedMessages, List<MidiFileWriter.Track>> tracks,
            long maxNanos) {
        try {
            Files.createDirectories(folder);
        } catch (IOException failure) {
            throw new UserException(folder + ": cannot be made (" + failure.getMessage() + "); choose another -o.");
        }
        Map<String, Performance> rolls = new LinkedHashMap<>();
        for (Mode mode : MODES) {
            Performer plays = performer.apply(mode);
            TimedMessages answer = Rehearsal.play(plays.model(), plays.settings(), plays.seed(), file.keys(), maxNanos);
            String name = mode.name().toLowerCase(Locale.ROOT);
            List<MidiFileWriter.Track> both = tracks.apply(answer);
            for (String ending : List.of(".mid", ".wav")) {
                new MusicOutput(folder.resolve(name + ending)).write(both, file.timeline());
            }
            rolls.put(name, MusicOutput.dialogue(both, file.timeline()));
        }
        long endNanos = file.keys().endNanos() + maxNanos;
        new MusicOutput(folder.resolve("modes.png"))
                .writePicture(PieceRollPicture.png(rolls, beats(file.timeline(), endNanos), "One call in each mode"));
    }

    /** When each quarter begins, until a time. */
    static List<Long> beats(Timeline timeline, long endNanos) {
        List<Long> beats = new ArrayList<>();
        double nanos = 0;
        int tempo = 0;
        while (nanos <= endNanos) {
            beats.add(Math.round(nanos));
            while (tempo + 1 < timeline.tempos().size()
                    && timeline.tempos().get(tempo + 1).nanos() <= nanos) {
                tempo++;
            }
            nanos += timeline.tempos().get(tempo).microsPerQuarter() * 1e3;
        }
        return beats;
    }
}
