package antiphon.app;

import antiphon.file.AtomicFile;
import antiphon.judge.PieceRollPicture;
import antiphon.midi.audio.WavRenderer;
import antiphon.midi.file.FileUse;
import antiphon.midi.file.MidiFileReader;
import antiphon.midi.file.MidiFileWriter;
import antiphon.midi.file.Timeline;
import antiphon.music.Message;
import antiphon.music.Performance;
import antiphon.music.TimedMessages;
import antiphon.music.Voice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The file that a command writes its music to, of the kind that its name's ending says: MIDI, sound or a picture. Made
 * before anything is computed, because that is when a wrong name must be told.
 *
 * @param path what was asked for
 */
record MusicOutput(Path path) {
    /** What is said of the option in the help. */
    static final String DESCRIPTION = "The file to write: .mid, or .wav for sound, or .png for a picture.";

    private static final List<String> MIDI = List.of(".mid", ".midi", ".kar", ".smf");
    private static final String WAV = ".wav";
    private static final String PNG = ".png";

    /** Refuses, in one line, a name of another ending and a folder that is not there. */
    MusicOutput {
        String file = String.valueOf(path.getFileName());
        if (!isMidi(file) && !has(file, WAV) && !has(file, PNG)) {
            int dot = file.lastIndexOf('.');
            throw new UserException(path + ": " + (dot < 0 ? "no ending" : "ending " + file.substring(dot))
                    + "; allowed: .mid, .wav (sound), .png (a picture). Choose another -o.");
        }
        if (!Files.isDirectory(path.toAbsolutePath().resolveSibling(""))) {
            throw new UserException(AtomicFile.why(path, new NoSuchFileException(file)));
        }
        if (Files.isDirectory(path)) {
            throw new UserException(AtomicFile.why(path, new IOException("a folder")));
        }
    }

    private static boolean has(String file, String ending) {
        return file.toLowerCase(Locale.ROOT).endsWith(ending);
    }

    private static boolean isMidi(String file) {
        return MIDI.stream().anyMatch(ending -> has(file, ending));
    }

    /** Writes the tracks. In sound and picture the track {@code answer} is the partner, and others but drums the human. */
    void write(List<MidiFileWriter.Track> tracks, Timeline timeline) {
        String file = String.valueOf(path.getFileName());
        if (isMidi(file)) {
            MidiFileWriter.write(path, tracks, timeline);
        } else if (has(file, WAV)) {
            new WavRenderer().render(sounding(tracks, timeline), path);
        } else {
            writePicture(PieceRollPicture.png(dialogue(tracks, timeline), file));
        }
    }

    /** Writes a picture. */
    void writePicture(byte[] png) {
        try {
            AtomicFile.write(path, draft -> Files.write(draft, png));
        } catch (IOException failure) {
            throw new UserException(AtomicFile.why(path, failure));
        }
    }

    /** The notes of both voices, without drums. */
    static Performance dialogue(List<MidiFileWriter.Track> tracks, Timeline timeline) {
        List<MidiFileWriter.Track> withNotes = tracks.stream()
                .map(track ->
                        new MidiFileWriter.Track(track.name(), track.messages().ofChannel(Message.DRUM_CHANNEL, true)))
                .filter(track -> track.messages().noteOns() > 0)
                .toList();
        return withNotes.isEmpty()
                ? Performance.of(List.of())
                : MidiFileReader.read(MidiFileWriter.toBytes(withNotes, timeline), "music", FileUse.LEARN)
                        .toDialogue();
    }

    /** Each voice on its own channel, for the instruments of the renderer; drums as they are. */
    private static TimedMessages sounding(List<MidiFileWriter.Track> tracks, Timeline timeline) {
        TimedMessages.Recorder all = new TimedMessages.Recorder();
        Performance dialogue = dialogue(tracks, timeline);
        for (int voice = 0; voice < Voice.COUNT; voice++) {
            TimedMessages.ofVoice(dialogue, voice).sendAll(all, 0);
        }
        for (MidiFileWriter.Track track : tracks) {
            track.messages().ofChannel(Message.DRUM_CHANNEL, false).ended().sendAll(all, 0);
        }
        return all.messages();
    }
}
