package antiphon.judge;

import antiphon.corpus.InOrder;
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
     * Writes conversations as {@link NotesCsv}: one piece each, in which the human calls and the partner answers. The
     * same calls get the same answers with any number of threads.
     *
     * @param settings say how many answers are tried for each call
     * @param pieces whose phrases are the calls
     * @param calls how many at most
     * @param threads that answer at the same time, at least 1
     * @param progress told how many calls are done, on the caller's thread
     * @return how many were answered
     * @throws JudgeException if there are too few calls
     */
    public static int write(
            StackedLstm network,
            Settings settings,
            List<Piece> pieces,
            int calls,
            Writer out,
            int threads,
            IntConsumer progress)
            throws IOException {
        List<Exchange> chosen =
                Exchanges.of(pieces, calls, settings.restNanos()).chosen();
        NotesCsv.writeHeader(out);
        int[] written = {0};
        try (InOrder workers = new InOrder(threads)) {
            workers.run(
                    chosen.size(),
                    number -> new Stage(network, settings)
                            .answer(chosen.get(number).call(), Stage.seed(1, number)),
                    (number, answer) -> {
                        if (!answer.isEmpty()) {
                            Performance both = conversation(chosen.get(number).call(), answer);
                            NotesCsv.writePiece(out, new Piece("chosen/" + number, both, List.of(), "chosen" + number));
                            written[0]++;
                        }
                        progress.accept(number + 1);
                    });
        }
        return written[0];
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
