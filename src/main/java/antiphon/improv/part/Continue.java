package antiphon.improv.part;

import antiphon.HotPath;
import antiphon.improv.Stage;
import antiphon.improv.listen.Phrase;
import antiphon.music.Voice;

/** When the human pauses, plays on from where they stopped, as if it were them, until they play again. */
@HotPath
final class Continue extends Turns {
    private static final double AS_LONG = 1;

    Continue(Stage stage) {
        super(stage);
    }

    /** For the network, one voice plays all the time. */
    @Override
    public int humanVoice() {
        return Voice.ANSWER;
    }

    @Override
    public long restNanos() {
        return stage.dials().continueRestNanos();
    }

    @Override
    public void measure(Phrase call, AnswerShape answer) {
        answer.measure(call, stage.dials(), true, AS_LONG, stage.dials().continueMaxNanos());
    }

    @Override
    public void turnPasses(Phrase call) {}

    @Override
    void turnIsOver(long nanos) {}
}
