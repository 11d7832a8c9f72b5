package antiphon.improv.part;

import antiphon.improv.Improviser;
import antiphon.improv.Mode;
import antiphon.improv.Part;
import antiphon.improv.Settings;
import antiphon.model.CriticWeights;
import antiphon.model.StackedLstm;
import antiphon.music.Event;
import antiphon.music.Message;
import antiphon.music.Note;
import antiphon.music.Vocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Hears a call and says what the {@link Critic} counts in the answer that a human gave to it and in answers that the
 * network imagines, so that weights can be learned that tell one from the others. One thread; not for the live path.
 */
public final class CriticTrial {
    private final StackedLstm network;
    private final Settings settings;

    private record Change(long nanos, boolean begins, Note note) {}

    /** A trial with these settings in {@link Mode#CALL}. */
    public CriticTrial(StackedLstm network, Settings settings) {
        this.network = network;
        this.settings = settings;
    }

    /**
     * Tries one call.
     *
     * @param call times from its first onset
     * @param given the human's answer, times from the call's end; one note at least
     * @param candidates answers to imagine
     * @return what was counted, {@value CriticWeights#COUNT} numbers each: in the human's answer, then in the network's
     */
    public List<double[]> of(List<Note> call, List<Note> given, int candidates, long seed) {
        Improviser improviser = Parts.improviser(network, settings, seed);
        improviser.begin(0);
        long nowNanos = 0;
        for (Change change : changes(call)) {
            nowNanos = change.nanos();
            int pitch = change.note().pitch();
            int message =
                    change.begins() ? Message.noteOn(0, pitch, change.note().velocity()) : Message.noteOff(0, pitch);
            improviser.hear(0, message, nowNanos, (ignored, dueNanos) -> {});
        }
        Turns turns = (Turns) improviser.part();
        turns.beginThinking(nowNanos, Part.DRAWN);
        Imagination imagination = turns.imagination();
        imagination.critic().countAll();
        give(imagination, given);
        List<double[]> counted = new ArrayList<>();
        counted.add(counted(imagination));
        while (counted.size() <= candidates) {
            int before = imagination.complete();
            imagination.think();
            if (imagination.complete() > before) {
                counted.add(counted(imagination));
            }
        }
        return counted;
    }

    private static void give(Imagination imagination, List<Note> given) {
        long firstNanos = given.stream().mapToLong(Note::onsetNanos).min().orElseThrow();
        long laterNanos = imagination.answerNanos() - firstNanos;
        if (imagination.pulse().isSure()) {
            // The human kept to the beat, so whole beats later this does.
            laterNanos = Math.round(imagination.pulse().wholeBeatsNanos((double) laterNanos));
        }
        long nanos = 0;
        for (Change change : changes(given)) {
            nanos = change.nanos() + laterNanos;
            int kind = change.begins() ? Event.ANSWER_ON : Event.ANSWER_OFF;
            int bin = change.begins() ? Vocabulary.velocityBin(change.note().velocity()) : Vocabulary.NO_VELOCITY;
            imagination.give(kind, change.note().pitch(), bin, nanos);
        }
        imagination.give(Event.PHRASE_END, Vocabulary.NO_PITCH, Vocabulary.NO_VELOCITY, nanos);
    }

    private static List<Change> changes(List<Note> notes) {
        List<Change> changes = new ArrayList<>();
        for (Note note : notes) {
            changes.add(new Change(note.onsetNanos(), true, note));
            changes.add(new Change(note.offsetNanos(), false, note));
        }
        changes.sort(Comparator.comparingLong(Change::nanos).thenComparing(Change::begins));
        return changes;
    }

    private static double[] counted(Imagination imagination) {
        double[] counted = new double[CriticWeights.COUNT];
        for (int i = 0; i < counted.length; i++) {
            counted[i] = imagination.critic().feature(i);
        }
        return counted;
    }
}
