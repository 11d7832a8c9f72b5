package antiphon.judge;

import antiphon.corpus.NotesCsv;
import antiphon.corpus.Piece;
import antiphon.improv.Settings;
import antiphon.model.StackedLstm;
import antiphon.music.Note;
import antiphon.music.Performance;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Conversations to learn from: calls of a corpus, each with the answer that was chosen from many, so that the network may
 * learn to draw such an answer at once.
 */
public final class ChosenAnswers {
    private ChosenAnswers() {}

    /**
     * Writes conversations as {@link NotesCsv}: one piece each, in which the human calls and the partner answers.
     *
     * @param settings say how many answers are tried for each call
     * @param pieces whose phrases are the calls
     * @param calls how many at most
     * @param progress told how many calls are done
     * @return how many were answered
     * @throws JudgeException if there are too few calls
     */
    public static int write(
            StackedLstm network, Settings settings, List<Piece> pieces, int calls, Writer out, IntConsumer progress)
            throws IOException {
        List<Exchange> chosen =
                Exchanges.of(pieces, calls, settings.restNanos()).chosen();
        Stage stage = new Stage(network, settings);
        NotesCsv.writeHeader(out);
        int written = 0;
        for (int i = 0; i < chosen.size(); i++) {
            Phrase call = chosen.get(i).call();
            List<Note> answer = stage.answer(call, Stage.seed(1, i));
            if (!answer.isEmpty()) {
                NotesCsv.writePiece(out, new Piece("chosen/" + i, conversation(call, answer), List.of(), "chosen" + i));
                written++;
            }
            progress.accept(i + 1);
        }
        return written;
    }

    private static Performance conversation(Phrase call, List<Note> answer) {
        List<Note> notes = new ArrayList<>(call.notes());
        for (Note note : answer) {
            notes.add(new Note(
                    note.voice(),
                    note.onsetNanos() + call.turnNanos(),
                    note.durationNanos(),
                    note.pitch(),
                    note.velocity()));
        }
        return Performance.of(notes);
    }
}
